"""Reads .env.example: which variables are documented, and what a production environment looks like."""

import re
from pathlib import Path

FILE = Path(__file__).parent.parent / ".env.example"
BLOCK = re.compile(r"^# === (\w+)[^=]*===$", re.MULTILINE)
VARIABLE = re.compile(r"^#([A-Z][A-Z0-9_]*)=(.*)$", re.MULTILINE)


def blocks(text: str) -> dict[str, dict[str, str]]:
    """The examples by the first word of their block's title, then by name."""
    _, *parts = BLOCK.split(text)
    return {title: dict(VARIABLE.findall(body)) for title, body in zip(parts[::2], parts[1::2], strict=True)}


def documented() -> set[str]:
    return {name for block in blocks(FILE.read_text()).values() for name in block}


def production() -> dict[str, str]:
    """The production block; what it leaves empty (secrets) is left out."""
    return {name: value for name, value in blocks(FILE.read_text())["Production"].items() if value}
