"""Test databases that start migrated: made once per set of migrations, then copied.

A run of the 300 or so migrations costs more than most suites. What they leave
is kept (a file for SQLite, a template database for PostgreSQL) under a name
that changes with anything that could change it, and every run, every worker
and every test that empties the database starts from a copy.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.metadata import distributions
from pathlib import Path
from typing import Any, Self

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from psycopg import sql

from association.guards import GUARDS
from pages.freshness import WATCHED

KEPT = settings.ROOT / "var" / "testdb"
KEPT_DAYS = 7


def schema_key() -> str:
    """A name for what the migrations make: it changes with them, the packages and the applications."""
    ours = (Path(app.path, "migrations") for app in apps.get_app_configs() if Path(app.path).parent == settings.ROOT)
    parts = [
        *sorted(f"{package.name}=={package.version}" for package in distributions()),
        settings.LANGUAGE_CODE,
        repr(settings.INSTALLED_APPS),
        repr(WATCHED),
        *(repr((guard.on_postgresql(), guard.on_sqlite())) for guard in GUARDS.values()),
        *(path.read_text() for folder in ours for path in sorted(folder.glob("*.py"))),
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def worker_name() -> str:
    """Unlike that of any other worker of any run on this machine."""
    return f"{os.getpid()}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"


def migrate() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


@contextmanager
def undone() -> Iterator[None]:
    """What is written meanwhile is taken back: one holds what a module makes once and, inside it, another each test."""
    with transaction.atomic():
        yield
        connection.check_constraints()
        transaction.set_rollback(True)


class SQLiteCopy:
    """A database in memory, which every connection of the process shares.

    Playwright's event loop changes the connection that Django finds: the one
    kept here holds the database whatever Django opens and forgets.
    """

    def __init__(self) -> None:
        KEPT.mkdir(parents=True, exist_ok=True)
        self.snapshot = KEPT / f"{schema_key()}.sqlite3"
        self.name = f"file:{worker_name()}?mode=memory&cache=shared"
        self.kept: sqlite3.Connection | None = None

    def __enter__(self) -> Self:
        connection.close()
        connection.settings_dict["NAME"] = self.name
        self.database = sqlite3.connect(self.name, uri=True, check_same_thread=False)
        with self._locked():
            if not self.snapshot.exists():
                self._forget_old_ones()
                self._make()
            os.utime(self.snapshot)
        self.restore()
        return self

    def __exit__(self, *_: object) -> None:
        self.database.close()
        if self.kept:
            self.kept.close()

    def restore(self) -> None:
        """Everything as the migrations left it."""
        with closing(sqlite3.connect(self.snapshot)) as snapshot:
            snapshot.backup(self.database)

    def keep(self) -> None:
        """Remember what it holds now, for `bring_back`."""
        self.kept = sqlite3.connect(":memory:", check_same_thread=False)
        self.database.backup(self.kept)

    def bring_back(self) -> None:
        self.kept.backup(self.database)

    def _make(self) -> None:
        migrate()
        unfinished = self.snapshot.with_suffix(".unfinished")
        with closing(sqlite3.connect(unfinished)) as copy:
            self.database.backup(copy)
        unfinished.replace(self.snapshot)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with (KEPT / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _forget_old_ones(self) -> None:
        for snapshot in KEPT.glob("*.sqlite3"):
            if time.time() - snapshot.stat().st_mtime > KEPT_DAYS * 24 * 3600:
                snapshot.unlink()


class PostgreSQLCopy:
    """A database of its own for each worker, copied from a template and dropped at the end.

    An advisory lock on its name, which dies with its process, says that a
    database is in use: what nobody uses any more is dropped by the next run.
    """

    COPIES = "actess_test_"
    TEMPLATES = "actess_template_"

    def __init__(self) -> None:
        self.template = f"{self.TEMPLATES}{schema_key()}"
        self.name = f"{self.COPIES}{worker_name()}"
        self.kept = f"{self.name}_kept"
        self.server = psycopg.connect(**self._address(), autocommit=True)

    def __enter__(self) -> Self:
        connection.close()
        self.server.execute("SELECT pg_advisory_lock(hashtext(%s))", [self.name])
        self.server.execute("SELECT pg_advisory_lock_shared(hashtext(%s))", [self.template])
        self.server.execute("SELECT pg_advisory_lock(hashtext(%s))", [self.TEMPLATES])
        self._drop_what_nobody_uses(self.COPIES)
        if self.template not in self._family(self.TEMPLATES):
            self._drop_what_nobody_uses(self.TEMPLATES)
            self._make()
        self._copy(self.template, self.name)
        self.server.execute("SELECT pg_advisory_unlock(hashtext(%s))", [self.TEMPLATES])
        connection.settings_dict["NAME"] = self.name
        return self

    def __exit__(self, *_: object) -> None:
        connection.close()
        self._drop(self.name)
        self._drop(self.kept)
        self.server.close()

    def restore(self) -> None:
        """Everything as the migrations left it."""
        self._start_again_from(self.template)

    def keep(self) -> None:
        """Remember what it holds now, for `bring_back`."""
        connection.close()
        self.server.execute("SELECT pg_advisory_lock(hashtext(%s))", [self.kept])
        self._copy(self.name, self.kept)

    def bring_back(self) -> None:
        self._start_again_from(self.kept)

    def _start_again_from(self, source: str) -> None:
        connection.close()
        self._drop(self.name)
        self._copy(source, self.name)

    def _address(self) -> dict[str, Any]:
        given = connection.get_connection_params()
        server = {name: given[name] for name in ("host", "port", "user", "password") if name in given}
        # Advisory locks are those of one database: every run takes them in the same.
        return server | {"dbname": "postgres"}

    def _make(self) -> None:
        """Migrate under another name: a template that exists is a whole one."""
        unfinished = f"{self.template}_unfinished"
        self._drop(unfinished)
        create = sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'")
        self.server.execute(create.format(sql.Identifier(unfinished)))
        connection.settings_dict["NAME"] = unfinished
        migrate()
        connection.close()
        rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        self.server.execute(rename.format(sql.Identifier(unfinished), sql.Identifier(self.template)))

    def _copy(self, source: str, name: str) -> None:
        copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        self.server.execute(copy.format(sql.Identifier(name), sql.Identifier(source)))

    def _drop(self, name: str) -> None:
        self.server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def _family(self, prefix: str) -> list[str]:
        pattern = f"{prefix}%".replace("_", r"\_")
        rows = self.server.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [pattern])
        return [name for (name,) in rows]

    def _drop_what_nobody_uses(self, prefix: str) -> None:
        for name in self._family(prefix):
            [free] = self.server.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [name]).fetchone()
            if free:
                if name != self.name:
                    self._drop(name)
                self.server.execute("SELECT pg_advisory_unlock(hashtext(%s))", [name])


def copy_migrated(path: Path) -> None:
    """What the migrations leave, in a file: for a site that runs by itself."""
    kept = KEPT / f"{schema_key()}.sqlite3"
    if not kept.exists():
        make = "from tests.databases import fresh_database\nwith fresh_database():\n    pass"
        command = [sys.executable, "manage.py", "shell", "--no-imports", "--command", make]
        asked = os.environ | {"DJANGO_SETTINGS_MODULE": "actess.settings.test", "DATABASE_URL": ""}
        subprocess.run(command, cwd=settings.ROOT, env=asked, check=True)
    shutil.copy(kept, path)


def fresh_database() -> SQLiteCopy | PostgreSQLCopy:
    return SQLiteCopy() if connection.vendor == "sqlite" else PostgreSQLCopy()
