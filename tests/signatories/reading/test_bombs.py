"""What is made to break whoever opens it: refused within two seconds and a hundred mebibytes, with words on what to do.

Each file is opened in a process of its own, so that what one takes is not hidden by what another has freed.
"""

import io
import multiprocessing
import resource
import time

import pytest

from signatories import reading
from signatories.reading import Refusal
from tests.letters.word_files import paragraph, word_file
from tests.signatories.list_files import archive, cell, ods, ods_cell, ods_row, sheet, xlsx

SECONDS, KIBIBYTES = 2, 100 * 2**10
ZEROS = " " * 100 * 2**20
LAUGHS = "<!DOCTYPE w [<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
ROW = "<row><c t='str'><v>Wells for All</v></c></row>"
PARAGRAPH = "<w:p><w:r><w:t>a</w:t></w:r></w:p>"
LAUGHED = "<row><c t='str'><v>&a9;</v></c></row>"
WIDE_ROW, WIDE_LINE = f"<row>{cell('a') * 10_000}</row>", b",".join([b"a"] * 10_000) + b"\n"
TOO_MUCH, MANY_ROWS = {Refusal.TOO_MUCH}, {Refusal.TOO_MANY_ROWS, Refusal.TOO_MUCH}
FILES = {
    "zip bomb, sheet": ("a.xlsx", lambda: xlsx(sheet(ZEROS)), TOO_MUCH),
    "zip bomb, strings": ("a.xlsx", lambda: xlsx(sheet(ROW), strings=f"<sst>{ZEROS}</sst>"), TOO_MUCH),
    "zip bomb, word": ("a.docx", lambda: word_file(ZEROS), TOO_MUCH),
    "zip bomb, ods": ("a.ods", lambda: ods(ZEROS), TOO_MUCH),
    "billion laughs, sheet": ("a.xlsx", lambda: xlsx(sheet(LAUGHED, head=f"{LAUGHS}]>")), {Refusal.DAMAGED}),
    "billion laughs, ods": ("a.ods", lambda: ods(more={"content.xml": f"{LAUGHS}]><w>&a9;</w>"}), {Refusal.DAMAGED}),
    "a million rows, xlsx": ("a.xlsx", lambda: xlsx(sheet(ROW * 10**6)), MANY_ROWS),
    "a million rows, ods": ("a.ods", lambda: ods(ods_row(ods_cell("a")) * 10**6), MANY_ROWS),
    "a million rows, csv": ("a.csv", lambda: b"a,b\n" * 10**6, MANY_ROWS),
    "a million rows, word": ("a.docx", lambda: word_file(PARAGRAPH * 10**6), MANY_ROWS),
    "ten thousand columns": ("a.xlsx", lambda: xlsx(sheet(WIDE_ROW * 9)), {Refusal.TOO_MANY_COLUMNS}),
    "ten thousand columns, csv": ("a.csv", lambda: WIDE_LINE * 200, {Refusal.TOO_MANY_COLUMNS}),
    "an archive inside": ("a.xlsx", lambda: xlsx(sheet(ROW), more={"a": archive({"a": ZEROS})}), {Refusal.NESTED}),
    "macros": ("a.xlsx", lambda: xlsx(sheet(ROW), more={"xl/vbaProject.bin": b"x" * 10**6}), {Refusal.MACROS}),
    "macros by name": ("a.docm", lambda: word_file(paragraph("a")), {Refusal.MACROS}),
    "another type": ("a.xlsx", lambda: b"%PDF-1.7" + b"\0" * 10**6, {Refusal.NOT_ITS_NAME}),
    "a program": ("a.csv", lambda: b"MZ" + bytes(range(256)) * 10**4, {Refusal.OTHER_TYPE}),
    "larger than is taken": ("a.csv", lambda: b"Wells for All,Kenya\n" * 10**6, {Refusal.TOO_LARGE}),
}


@pytest.fixture(scope="module", autouse=True)
def warm():
    """What any reading loads once is no cost of the file."""
    reading.read_file("a.xlsx", io.BytesIO(xlsx(sheet(ROW))))


def opened(name, data, answers):
    """In the child: the refusal, its words, seconds of processor, and by how much memory grew."""
    started, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        reading.read_file(name, io.BytesIO(data))
    except reading.Unreadable as refusal:
        found = (refusal.code, refusal.text)
    else:
        found = (None, "")
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    answers.send((*found, time.process_time() - started, grown))


@pytest.mark.parametrize("kind", FILES)
def test_a_bomb_is_refused_soon_and_small(kind):
    name, made, codes = FILES[kind]
    context = multiprocessing.get_context("fork")
    answers, there = context.Pipe(duplex=False)
    child = context.Process(target=opened, args=(name, made(), there))
    child.start()
    there.close()
    code, words, seconds, grown = answers.recv()
    child.join()
    assert (code in codes, bool(words)) == (True, True)
    assert seconds < SECONDS
    assert grown < KIBIBYTES
