"""A mail server on loopback that keeps what it gets, and that can be down, slow, refusing or rude."""

import asyncio
import logging
import re
import threading
from collections import Counter
from dataclasses import dataclass, field
from email import message_from_bytes, policy

from aiosmtpd.smtp import SMTP

from tools.services import free_port

LINK = re.compile(r"/confirm/([\w-]{43})/")
START_SECONDS = 30

logging.getLogger("mail.log").setLevel(logging.WARNING)  # aiosmtpd's own: every line of every dialogue


@dataclass(frozen=True)
class Arrival:
    """One copy of one mail, as it came over the wire."""

    address: str
    raw: bytes

    @property
    def message(self):
        return message_from_bytes(self.raw, policy=policy.default)

    @property
    def words(self) -> str:
        return self.message.get_body(("plain",)).get_content()

    @property
    def token(self) -> str | None:
        found = LINK.search(self.words)
        return found and found[1]


@dataclass
class Sink:
    """Change its temper at any time; a thread of its own serves it."""

    port: int = field(default_factory=free_port)
    delay: float = 0.0  # seconds between the end of a mail and keeping it; whoever hangs up before that is not kept
    answer: str = ""  # to every recipient, in place of "250 OK"
    refusals: dict[str, str] = field(default_factory=dict)  # the answer to one recipient
    senders: str = ""  # the answer to every sender
    drops: int = 0  # so many of the next mails are kept, and the line is cut before the "250"
    arrivals: list[Arrival] = field(default_factory=list)
    asked: Counter = field(default_factory=Counter)  # how often each recipient was named
    lines: set = field(default_factory=set)
    _thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def addresses(self) -> list[str]:
        return [arrival.address for arrival in list(self.arrivals)]

    def up(self) -> None:
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), name="sink", daemon=True)
        self._thread.start()
        assert self._ready.wait(START_SECONDS)

    def down(self) -> None:
        """Refuse connections from now on, and cut those that stand."""
        if self._thread and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._asked_down.set)
            self._thread.join()

    async def _serve(self) -> None:
        self._loop, self._asked_down = asyncio.get_running_loop(), asyncio.Event()
        server = await self._loop.create_server(lambda: Line(self, self._loop), "127.0.0.1", self.port)
        self._ready.set()
        await self._asked_down.wait()
        server.close()
        for line in list(self.lines):
            line.abort()

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's names
        if self.senders:
            return self.senders
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        self.asked[address] += 1
        answer = self.answer or self.refusals.get(address)
        if answer:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        await asyncio.sleep(self.delay)
        for address in envelope.rcpt_tos:
            self.arrivals.append(Arrival(address, envelope.content))
        if self.drops > 0:
            self.drops -= 1
            server.transport.abort()
        return "250 OK"


class Line(SMTP):
    """One connection; the sink knows those that stand."""

    def __init__(self, sink: Sink, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(sink, hostname="sink.example", loop=loop, enable_SMTPUTF8=True)
        self._sink = sink

    def connection_made(self, transport) -> None:
        self._sink.lines.add(transport)
        super().connection_made(transport)

    def connection_lost(self, error) -> None:
        self._sink.lines.discard(self.transport)
        super().connection_lost(error)
