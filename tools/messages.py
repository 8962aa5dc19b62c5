"""Gather what is to be translated into locale/, and make the files that the site reads from what is translated.

Both kinds of file are committed: a site needs no gettext to run. `make messages` calls this; it needs gettext itself.
"""

import os
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent
IGNORED = (".venv", "var", "staticfiles", "static", "tests", "bench", "tools", "docs")
GATHERED = ("--no-wrap", "--add-location=file")


def main() -> int:
    environ = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"}
    manage = [sys.executable, "manage.py"]
    ignored = [part for name in IGNORED for part in ("--ignore", f"{name}/*")]
    languages = [part for code in wanted() for part in ("--locale", code)]
    gather = [*manage, "makemessages", *languages, *GATHERED, *ignored]
    for command in (gather, *(_without_guesses(code) for code in wanted()), [*manage, "compilemessages", *ignored]):
        if code := subprocess.run(command, env=environ, cwd=FOLDER).returncode:
            return code
    return 0


def _without_guesses(code: str) -> list[str]:
    """gettext puts the translation of something like it beside new words, with other placeholders in it."""
    catalog = str(FOLDER / "locale" / code / "LC_MESSAGES" / "django.po")
    return ["msgattrib", "--clear-fuzzy", "--empty", "--clear-previous", "--no-wrap", "--output-file", catalog, catalog]


def wanted() -> list[str]:
    """The languages of the site but that of the sources, as gettext names them."""
    from django.utils.translation import to_locale

    from config import settings

    return [to_locale(code) for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


if __name__ == "__main__":
    sys.exit(main())
