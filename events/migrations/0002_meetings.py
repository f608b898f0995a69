"""The table of sessions also keeps the members' events: `InfoSession` becomes a proxy of `Meeting`.

The state alone renames the model, so that content types, permissions and logs of `infosession` stay the proxy's.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def rename_table(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.execute("ALTER TABLE events_infosession RENAME TO events_meeting")
    if schema_editor.connection.vendor == "sqlite":
        for event in ("INSERT", "UPDATE", "DELETE"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS pages_restamp_events_infosession_{event}")


def rename_back(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.execute("ALTER TABLE events_meeting RENAME TO events_infosession")


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.RenameModel("InfoSession", "Meeting")],
            database_operations=[migrations.RunPython(rename_table, rename_back, elidable=False)],
        ),
    ]
