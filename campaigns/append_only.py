"""Tables the database itself keeps anyone from rewriting."""

from typing import Any

from django.db.migrations.operations.base import Operation


class AppendOnly(Operation):
    """Refuse UPDATE and DELETE on a table, by trigger, on PostgreSQL and SQLite; `when` narrows it to some old rows.

    SQLite rebuilds a table to alter it and drops its triggers: repeat this operation, which does no harm where they
    stand, after every AddField and AlterField.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, table: str, when: str = "") -> None:
        self.table = table
        self.when = f"WHEN ({when}) " if when else ""

    def state_forwards(self, app_label: str, state: Any) -> None:
        pass

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for statement in self.statements(schema_editor.connection.vendor):
            schema_editor.execute(statement)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        on = f" ON {self.table}" if schema_editor.connection.vendor == "postgresql" else ""
        for name in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {self.table}_no_{name}{on}")

    def statements(self, vendor: str) -> list[str]:
        if vendor == "postgresql":
            return [
                "CREATE OR REPLACE FUNCTION undersigned_append_only() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE EXCEPTION 'append only: %%', TG_TABLE_NAME; END $$",
                *(
                    f"CREATE OR REPLACE TRIGGER {self.table}_no_{name} BEFORE {name.upper()} ON {self.table} "
                    f"FOR EACH ROW {self.when}EXECUTE FUNCTION undersigned_append_only()"
                    for name in ("update", "delete")
                ),
            ]
        return [
            f"CREATE TRIGGER IF NOT EXISTS {self.table}_no_{name} BEFORE {name.upper()} ON {self.table} "
            f"{self.when}BEGIN SELECT RAISE(ABORT, 'append only'); END"
            for name in ("update", "delete")
        ]

    def describe(self) -> str:
        return f"Make {self.table} append only"
