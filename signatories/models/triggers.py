"""What the database itself does so that the register holds nothing but public, listed sign-ons.

Put in place after every `migrate`, not by a migration: SQLite drops the triggers of a table it alters, and a later
migration could forget them.
"""

from __future__ import annotations

from typing import Any

from django.db import connections

PUBLIC = (
    "{0}.status IN ('listed') AND {0}.visibility = 'public' AND {0}.kind = 'organization' AND {0}.erased_at IS NULL"
)
LEAVES = f"OLD.status IN ('listed') AND NOT ({PUBLIC.format('NEW')})"
IS_NOT_PUBLIC = """NOT EXISTS (
SELECT 1 FROM signatories_signatory one WHERE one.id = NEW.signatory_id AND {}
)""".format(PUBLIC.format("one"))
FORGET = "DELETE FROM signatories_appearance WHERE signatory_id = NEW.id;"
EMPTY = """FROM signatories_organization WHERE id = OLD.{column}
AND NOT EXISTS (SELECT 1 FROM signatories_appearance WHERE organization_id = OLD.{column} OR origin_id = OLD.{column})
AND NOT EXISTS (SELECT 1 FROM signatories_organization WHERE merged_into_id = OLD.{column})"""
FORGET_IF_EMPTY = f"DELETE {EMPTY};"
# Somebody may be filing a sign-on under it: services.registering holds it meanwhile. Then it is looked at once more.
FORGET_IF_STILL_EMPTY = f"PERFORM 1 {EMPTY} FOR UPDATE; IF FOUND THEN {FORGET_IF_EMPTY} END IF;"
REFUSED = "only public, listed sign-ons are in the register"


def put_in_place(using: str = "default", **_: Any) -> None:
    """Idempotent; nothing while the tables are not there."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if "signatories_appearance" not in connection.introspection.table_names(cursor):
            return
        for statement in _postgresql() if connection.vendor == "postgresql" else _sqlite():
            cursor.execute(statement)


def _sqlite() -> list[str]:
    trigger = "CREATE TRIGGER IF NOT EXISTS signatories_register_"
    return [
        f"{trigger}refuses BEFORE INSERT ON signatories_appearance WHEN {IS_NOT_PUBLIC} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END",
        f"{trigger}forgets AFTER UPDATE ON signatories_signatory WHEN {LEAVES} BEGIN {FORGET} END",
        f"{trigger}empties AFTER DELETE ON signatories_appearance BEGIN {_for_both(FORGET_IF_EMPTY)} END",
    ]


def _postgresql() -> list[str]:
    return [
        *_by("refuses", "BEFORE INSERT", "signatories_appearance", "NEW", _refusal()),
        *_by("forgets", "AFTER UPDATE", "signatories_signatory", "NEW", FORGET, when=LEAVES),
        *_by("empties", "AFTER DELETE", "signatories_appearance", "OLD", _for_both(FORGET_IF_STILL_EMPTY)),
    ]


def _for_both(statement: str) -> str:
    """What was merged goes before that into which it was merged."""
    return "".join(statement.replace("{column}", column) for column in ("origin_id", "organization_id"))


def _refusal() -> str:
    return f"IF {IS_NOT_PUBLIC} THEN RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'check_violation'; END IF;"


def _by(name: str, moment: str, table: str, row: str, does: str, when: str = "") -> list[str]:
    function = f"signatories_register_{name}"
    condition = f"WHEN ({when}) " if when else ""
    return [
        f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {does} RETURN {row}; END $$",
        f"CREATE OR REPLACE TRIGGER {function} {moment} ON {table} "
        f"FOR EACH ROW {condition}EXECUTE FUNCTION {function}()",
    ]
