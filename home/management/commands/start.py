"""The whole site on one machine, in one process and its worker: for development and demonstration."""

import os
import signal
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Never

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.servers.basehttp import get_internal_wsgi_application, run
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse
from wagtail.models import Site

from home.demo import loader
from home.static_files import gather

SECONDS_TO_STOP = 5


class Command(BaseCommand):
    help = "Prepare the database and the demonstration, then serve the site on this machine with its worker."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *_args: Any, **options: Any) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, stop)
        self.prepare_database()
        self.prepare_demo()
        if not settings.DEBUG:
            gather(self.stdout.write)
        point_site_at(options["port"])
        with worker():
            self.serve(options["port"])

    def prepare_database(self) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("→ Preparing the database")
            call_command("migrate", verbosity=1, interactive=False)
            call_command("createcachetable", verbosity=0)

    def prepare_demo(self) -> None:
        if not loader.is_loaded():
            self.stdout.write("→ Loading the demonstration")
            loader.load(say=self.stdout.write)
        elif loader.is_running_out():
            self.stdout.write("→ Moving the demonstration's dates")
            loader.move_dates()

    def serve(self, port: int) -> None:
        try:
            run("127.0.0.1", port, get_internal_wsgi_application(), threading=True, on_bind=self.announce)
        except OSError as error:
            raise CommandError(f"Port {port}: {error.strerror}. Choose another: make run PORT={port + 1}") from error

    def announce(self, port: int | str) -> None:
        site = f"http://localhost:{port}"
        lines = [
            f"  The site          {site}/",
            f"  The editors       {site}{reverse('wagtailadmin_home')}",
            f"  The mails sent    {site}{reverse('sent_mails')}",
            "",
            "  Accounts of the demonstration, each with its password:",
            *(f"  {account.role:<17} {account.email:<30} {account.password}" for account in loader.ACCOUNTS),
            "",
            "  Ctrl-C stops everything.",
        ]
        self.stdout.write("\n".join(["", *lines, ""]))


def stop(_number: int, _frame: FrameType | None) -> Never:
    sys.exit(0)


def point_site_at(port: int) -> None:
    """The address that pages give of themselves."""
    for site in Site.objects.filter(is_default_site=True).exclude(hostname="localhost", port=port):
        site.hostname, site.port = "localhost", port
        site.save()


@contextmanager
def worker() -> Iterator[None]:
    """The background worker, which stops with this process however it ends."""
    command = [sys.executable, str(settings.ROOT / "manage.py"), "work", "--parent", str(os.getpid())]
    process = subprocess.Popen(command, start_new_session=True)
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            process.kill()
