"""The database refuses what a ledger never does (`passport.triggers`)."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from passport import triggers


def install(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    # SQLite remakes no table that a trigger names: there they come after the last migration (`association.guards`).
    if schema_editor.connection.vendor == "postgresql":
        triggers.GUARD.install(using=schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [("passport", "0001_initial"), ("accompaniment", "0002_frozen_versions")]

    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
