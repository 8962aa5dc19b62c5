"""Recompute what names a revision, from a file and without the database. docs/canonical-form.md is the algorithm."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from letters import canonical, intake


class Command(BaseCommand):
    help = (
        "Print SHA-256 digests. Of a revision's .json, as its page offers it, the revision's digest and that of each"
        " text's body; of any other letter (.txt, .html, .docx) the digest of the body recognized in it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from None
        if file.suffix.lower() == ".json":
            self._revision(file, content)
        else:
            self._body(file, content)

    def _revision(self, file: Path, content: bytes) -> None:
        try:
            held = json.loads(content)
            form = canonical.canonical(held["texts"], held["recipients"])
            bodies = {text["language"]: canonical.body_digest(text["body"]) for text in held["texts"]}
        except (ValueError, KeyError, TypeError, AttributeError):
            raise CommandError(
                f"{file} is not a revision: it should hold {{texts, recipients}}, see docs/canonical-form.md"
            ) from None
        self.stdout.write(f"{canonical.digest(form)}  revision")
        for language, body in sorted(bodies.items()):
            self.stdout.write(f"{body}  body in {language}")

    def _body(self, file: Path, content: bytes) -> None:
        try:
            is_docx = content[:2] == b"PK" or file.suffix.lower() in (".docx", ".doc")
            source = intake.from_docx(content) if is_docx else content.decode()
        except intake.NotReadable as error:
            raise CommandError(f"{file}: {error}") from None
        except UnicodeDecodeError:
            raise CommandError(f"{file} is not text in UTF-8") from None
        found = intake.assemble(intake.read(source).pieces)
        self.stdout.write(f"{canonical.body_digest(found.body)}  body in {found.language}")
