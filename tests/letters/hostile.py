"""Two hundred names and bodies that somebody wrote to have the typesetter fetch, crash or lie; and what watches it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

# `{}` becomes an address of each kind
MARKUP = [
    "<script src={}></script>",
    "<script>fetch('{}')</script>",
    "<style>@import url({});</style>",
    '<style>@import "{}";</style>',
    "<style>li {{ background: url({}) }}</style>",
    "<style>@font-face {{ font-family: x; src: url({}) }} * {{ font-family: x }}</style>",
    "<style>body::before {{ content: url('{}') }}</style>",
    "</style></head><body><img src={}>",
    "<img src={}>",
    '<img srcset="{} 2x">',
    "<picture><source srcset={}><img src={}></picture>",
    "<svg><image href='{}'/></svg>",
    "<svg><use href='{}#x'/></svg>",
    "<svg><style>@import url({});</style><rect width='9' height='9' fill='url({}#p)'/></svg>",
    "<object data={}></object>",
    "<object data={} type=image/svg+xml></object>",
    "<embed src={}>",
    "<iframe src={}></iframe>",
    "<iframe srcdoc='<img src={}>'></iframe>",
    "<link rel=stylesheet href={}>",
    "<link rel=attachment href={}>",
    "<a rel=attachment href={}>River</a>",
    "<base href={}><img src=x.png>",
    "<meta http-equiv=refresh content='0;url={}'>",
    "<body background={}>",
    "<input type=image src={}>",
    "<video poster={}></video>",
    "<math><annotation-xml><img src={}></annotation-xml></math>",
    "<template><img src={}></template><noscript><img src={}></noscript>",
    '<p style="background: url({})">River',
    "<ul style='list-style-image: url({})'><li>River",
    '"><img src={}>',
    "' style='background: url({})' x='",
    "'); }} @import url({}); body {{ background: url({}) }} /*",
    "}} @page {{ @top-left {{ content: url({}) }} }} /*",
    "--><img src={}><!--",
    "]]><img src={}>",
    "&lt;img src={}&gt;",
    "&#60;img src={}&#62;",
    "<!DOCTYPE x [<!ENTITY e SYSTEM '{}'>]><x>&e;</x>",
]
OTHERS = {
    "override left open": "River \u202eWatch",
    "embeddings left open": "River \u202a\u202b\u202d Watch",
    "isolates left open": "\u2066\u2067\u2068River Watch",
    "isolates closed too often": "River\u2069\u2069\u2069\u2069 Watch",
    "right to left with brackets": "שומרי (הנהר) [א] {ב}",
    "right to left, brackets of another": "لجنة [ABC) مراقبو (١٢٣",
    "ten thousand marks": "R" + "\u0301" * 10_000 + "iver",
    "marks above and below": "R" + "\u0316\u0301\u0323\u0307" * 500 + "iver",
    "marks on nothing": "\u0301\u0302\u0303",
    "NUL": "River\x00Watch",
    "controls": "".join(map(chr, [*range(1, 32), *range(127, 160)])) + "River Watch",
    "no characters": "River \ufffe\uffff\U0001fffe\U0010ffff Watch",
    "private use": "River \ue000\U000f0000 Watch",
    "not assigned": "River \u0378\U000e0fff Watch",
    "family": "River \U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466 Watch",
    "hundred joined": "River " + "\u200d".join(["\U0001f469"] * 100),
    "flags and halves of flags": "\U0001f1e8\U0001f1ed\U0001f1e8 River",
    "tags": "River\U000e0001\U000e0041\U000e007f Watch",
    "selectors": "River\ufe0e\ufe0f\U000e0100 Watch",
    "joiners alone": "\u200d\u200c\u2060\ufeff",
    "word of three thousand letters": "W" * 3_000,
    "word of three thousand wide ones": "龘" * 3_000,
    "dashes without end": "\u2011" * 3_000,
    "soft hyphens without end": "Ri\u00ad" * 3_000,
    "no-break spaces without end": "River\u00a0" * 2_000,
    "brackets within brackets": "(" * 3_000 + "River" + ")" * 3_000,
    "quotation marks without end": '"' * 4_000 + "'" * 4_000,
    "entities within entities": "&amp;" * 2_000 + "lt;b&gt;",
    "entity without end": "&#x" + "0" * 3_000 + "3c;b",
    "line breaks of all kinds": "River\r\nWatch\u2028and\u2029so\x0bon\x0c",
    "annotations": "\ufff9River\ufffawater\ufffb \ufffc Watch",
    "Thai that is stacked": "น้ำ" + "ี" * 400,
    "Devanagari without end": "क्" * 2_000 + "ष",
    "Arabic without end": "نهر " * 2_000,
    "template": "{{% include 'letters/pdf/letter.css' %}}{{{{ document }}}}",
    "PDF": ") Tj ET endstream endobj /JS (app.alert(1)) (",
    "PDF string": "\\) \\( \\\\ \xfe\xff <feff> >> /Launch",
    "CSS escapes": "\\41 \\22 \\a \\00003c style\\3e",
    "counters": "counter(page) string(letterhead) attr(data-digest)",
    "fonts": "'; font-family: \"Noto Sans\"; -x: '",
}
LISTS = {
    "nested lists": "<ul><li>{}" * 60,
    "nested ordered lists": "<ol start=99999999999><li>{}" * 40,
    "nested quotations": "<blockquote>{}" * 60,
    "nested everything": "<blockquote><ul><li><p>{}<ol><li>" * 30,
}


def names(web: str, file: str) -> list[str]:
    """The two hundred, with addresses at the server `web` and of the file `file`."""
    data = f"data:text/css,@import%20url({web}data)"
    addresses = (f"{web}x.png", f"{file}", data, web.removeprefix("http:") + "y.svg")
    marked = [form.replace("{}", "{0}").format(address) for form in MARKUP for address in addresses]
    return [*marked, *(words.replace("{{", "{").replace("}}", "}") for words in OTHERS.values())]


def bodies(web: str, file: str) -> list[str]:
    """The same as bodies, in a paragraph, an item, a quotation, a note, a heading; and lists as deep as they go."""
    around = [
        "<p>{}</p>",
        "<ul><li>{}</li></ul>",
        "<blockquote>{}</blockquote>",
        '<p>River<sup data-footnote="">{}</sup></p>',
        "<h2>{}</h2><p>River</p>",
        '<p><a href="{}">River</a></p>',
    ]
    found = [around[place % len(around)].replace("{}", one) for place, one in enumerate(names(web, file))]
    return [*found, *(deep.replace("{}", f"<img src={web}deep.png>") for deep in LISTS.values())]


@contextmanager
def counting() -> Iterator[tuple[str, list[str]]]:
    """A web server on loopback: its address, and the paths that were asked for so far."""
    asked: list[str] = []

    class Counting(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_said: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Counting) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/", asked
        finally:
            server.shutdown()
            thread.join()


WATCH = """
import os, sys
_watched = ("socket.", "urllib.", "http.", "ftplib.", "subprocess.", "os.system", "os.exec", "os.posix_spawn")
_log = os.open({log!r}, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
def _watch(event, arguments):
    if event.startswith(_watched):
        os.write(_log, (event + "\\n").encode())
    elif event == "open" and {file!r} in str(arguments[0]):
        os.write(_log, b"open\\n")
sys.addaudithook(_watch)
"""


class Watched:
    """What a Python process started with `folder` on its PYTHONPATH has asked of the network, of other programs, and
    of `file`: its own interpreter tells (PEP 578)."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "secret.css"
        self.file.write_text("body { color: red }")
        self.folder, self._log = folder, folder / "log"
        (folder / "sitecustomize.py").write_text(WATCH.format(log=str(self._log), file=self.file.name))

    def events(self) -> set[str]:
        return set(self._log.read_text().split()) if self._log.exists() else {"nobody looked"}
