"""Model fields that never write plain text."""

import json
from typing import Any

from django.db import models

from campaigns import crypto


class EncryptedTextField(models.TextField):
    """Text that is encrypted on its way into the database. "" stays "": whether something is there is no secret."""

    def get_prep_value(self, value: str | None) -> str | None:
        return crypto.encrypt(value) if value else value

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return crypto.decrypt(value) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name not in {"isnull", "exact"}:
            return None
        return super().get_lookup(lookup_name)  # exact serves `field=""`: no two ciphertexts of one text are equal


class EncryptedJSONField(EncryptedTextField):
    """A small JSON object, encrypted whole; {} is stored as ""."""

    _pyi_private_set_type: dict[str, Any]  # type: ignore[assignment]
    _pyi_private_get_type: dict[str, Any]  # type: ignore[assignment]

    def get_prep_value(self, value: Any) -> str | None:
        return super().get_prep_value(json.dumps(value, ensure_ascii=False) if value else "")

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        plain = super().from_db_value(value, expression, connection)
        return json.loads(plain) if plain else {}
