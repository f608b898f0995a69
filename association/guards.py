"""What the database itself refuses, and goes on refusing through every migration.

A guard is a set of triggers. SQLite loses one whenever a migration remakes its
table, and remakes no table that a trigger names: there they are taken away
before each `migrate`, and everywhere put back after it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


@dataclass(frozen=True)
class Guard:
    """`prefix` begins the name of each of its triggers on SQLite; the statements may be run again without harm."""

    prefix: str
    tables: frozenset[str]
    on_postgresql: Callable[[], list[str]]
    on_sqlite: Callable[[], list[str]]

    def install(self, *, using: str, **_kwargs: Any) -> None:
        """Once all its tables are there."""
        connection = connections[using]
        with connection.cursor() as cursor:
            if not self.tables <= set(connection.introspection.table_names(cursor)):
                return
            for statement in self.on_postgresql() if connection.vendor == "postgresql" else self.on_sqlite():
                cursor.execute(statement)

    def take_away(self, *, using: str, **_kwargs: Any) -> None:
        connection = connections[using]
        if connection.vendor != "sqlite":
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for name in [name for (name,) in cursor.fetchall() if name.startswith(self.prefix)]:
                cursor.execute(f"DROP TRIGGER {name}")

    @contextmanager
    def lifted(self, *, using: str = "default") -> Iterator[None]:
        """For a demonstration that starts anew, and for nothing else: in a transaction, and back at its end."""
        self.take_away(using=using)
        self._switch("DISABLE", using)
        yield
        self._switch("ENABLE", using)
        self.install(using=using)

    def _switch(self, verb: str, using: str) -> None:
        """On PostgreSQL, once what it checks at the end of the transaction is checked: it alters no table before."""
        connection = connections[using]
        if connection.vendor != "postgresql":
            return
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in sorted(self.tables):
                cursor.execute(f"ALTER TABLE {table} {verb} TRIGGER USER")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


GUARDS: dict[str, Guard] = {}


def keep(guard: Guard, *, app: AppConfig) -> None:
    """In `AppConfig.ready`."""
    GUARDS[guard.prefix] = guard
    pre_migrate.connect(guard.take_away, sender=app, dispatch_uid=f"{guard.prefix} taken away")
    post_migrate.connect(guard.install, sender=app, dispatch_uid=f"{guard.prefix} installed")
