"""Organizations that sign on, in this process or over HTTP. Their words are canaries: no log may hold them."""

import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection

from letters.models import Letter
from signatories import guarding, services
from signatories.models import Line
from signatories.services import Contact

CANARY = "heronrygg"


def address(number: int | str) -> str:
    return f"contact{number}@{CANARY}.example"


def answers(number: int | str) -> dict[str, str]:
    """The sign-on form, filled in and checked."""
    return {
        "name": f"Friends of {CANARY} {number}",
        "country": "KE",
        "scope": "national",
        "contact_name": f"Perpetua {CANARY}",
        "contact_role": "Director",
        "contact_email": address(number),
        "visibility": "public",
        "attested": "on",
        "began": guarding.stamp(time.time() - 60),
        "send": "1",
    }


def sign_on(letter: Letter, number: int | str) -> None:
    said = answers(number)
    services.sign_on(
        letter,
        line=Line(said["name"], "", said["country"]),
        visibility=said["visibility"],
        scope=said["scope"],
        contact=Contact(said["contact_name"], said["contact_role"], said["contact_email"]),
        language="en",
    )


def at_once(acts: Iterable[Callable[[], Any]]) -> list[Any]:
    """Do all at the same time, each in a thread with a connection of its own; what each returned or raised."""
    acts = list(acts)
    outcomes: list[Any] = [None] * len(acts)
    together = threading.Barrier(len(acts))

    def do(place: int, act: Callable[[], Any]) -> None:
        try:
            together.wait()
            outcomes[place] = act()
        except Exception as error:
            outcomes[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=task) for task in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes
