"""A Word file taken apart."""

import re
from io import BytesIO
from zipfile import ZipFile

import docx as python_docx
from docx.oxml.ns import qn
from lxml import etree

LISTS = (
    '<h2>What we ask</h2><ol><li><p>Open the <strong>gate logs</strong>.</p><ul><li><p>from 1961<sup data-footnote="">'
    'See <a href="https://records.example/logs?a=1&amp;b=2">the logs</a>, <em>volume</em> 3.</sup></p></li>'
    "<li><p>up to today</p></li></ul></li><li><p>Publish the rules.</p><p>All of them.</p></li></ol>"
    "<h3>And why</h3><blockquote><p>Nobody can prepare for it.</p></blockquote>"
    '<p>One line<br>and another, <a href="mailto:clerk@records.example">to the clerk</a>.</p>'
)
NAMESPACE = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}


def opened(content: bytes):
    return python_docx.Document(BytesIO(content))


def part(content: bytes, name: str) -> etree._Element:
    with ZipFile(BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


def found(root: etree._Element, path: str) -> list:
    return root.xpath(path, namespaces=NAMESPACE)


def value(element: etree._Element, name: str = "val") -> str | None:
    return element.get(qn(f"w:{name}"))


def styled(word, style: str) -> list[str]:
    return [paragraph.text for paragraph in word.paragraphs if paragraph.style.name == style]


def unmarked(text: str) -> str:
    return re.sub("[\u200e\u200f]", "", text)
