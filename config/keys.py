"""Where the secrets come from: the environment, or, embedded, a private file made on first start."""

import json
import os
import secrets
from base64 import urlsafe_b64encode
from contextlib import suppress
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

NAMES = ("SECRET_KEY", "CONTACT_KEYS", "INDEX_KEY")


def load(environ: dict[str, str], *, embedded: bool, file: Path) -> dict[str, str]:
    """The three secrets by name.

    Each may be set in the environment. What is not set is made and kept in `file` (mode 0600) when the site runs
    embedded; at scale a missing one raises ImproperlyConfigured, since two machines must not invent two keys.
    """
    given = {name: environ[name] for name in NAMES if environ.get(name)}
    if len(given) == len(NAMES):
        return given
    if not embedded:
        missing = ", ".join(name for name in NAMES if name not in given)
        raise ImproperlyConfigured(f"{missing} must be set when DATABASE_URL is. Make them with: python -m config.keys")
    return {**_kept(file), **given}


def make() -> dict[str, str]:
    """A fresh set: a signing key, one Fernet key (32 bytes, URL-safe base64) and an index key."""
    return {
        "SECRET_KEY": secrets.token_urlsafe(48),
        "CONTACT_KEYS": urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "INDEX_KEY": secrets.token_urlsafe(32),
    }


def _kept(file: Path) -> dict[str, str]:
    """Read the file, or make it; of several processes starting at once exactly one makes it."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = file.with_name(f"{file.name}.{os.getpid()}")
    if not file.exists():
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
            json.dump(make(), out, indent=1)
        with suppress(FileExistsError):  # then the keys of the other process stand
            os.link(fresh, file)
        fresh.unlink()
    kept: dict[str, str] = json.loads(file.read_text())
    return kept


if __name__ == "__main__":
    for name, value in make().items():
        print(f"{name}={value}")
