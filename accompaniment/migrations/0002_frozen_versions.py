"""The database refuses to change a version that has been live (`accompaniment.immutability`)."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from accompaniment import immutability


def install(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    # SQLite remakes no table that a trigger names: there they come after the last migration (`association.guards`).
    if schema_editor.connection.vendor == "postgresql":
        immutability.GUARD.install(using=schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [("accompaniment", "0001_initial")]

    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
