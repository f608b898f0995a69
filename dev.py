#!/usr/bin/env python3
"""Prepare this machine, then run, test, try, measure or check the project.

    python3 dev.py run | test | trials | bench | lighthouse | lint [arguments]

Only the standard library, and any Python from 3.8: everything else is prepared here.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Iterator, NoReturn, Sequence

ROOT = Path(__file__).resolve().parent
UV_VERSION = "0.13.9"
BIN = ROOT / ".venv" / ("Scripts" if os.name == "nt" else "bin")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LOCAL_POSTGRESQL = "postgresql://postgres@127.0.0.1:5432/postgres"
NO_TEST_LEFT = 5  # what pytest answers then
IN_CI, MEASURED = (os.environ.get(name) == "true" for name in ("CI", "COVERAGE"))

# What looks like a secret by its name or its form; a value may say that it is none.
SECRETS = (
    "--no-verify",
    *("--disable-plugin", "Base64HighEntropyString", "--disable-plugin", "HexHighEntropyString"),
    *("--exclude-files", r"uv\.lock", "--exclude-lines", r"only-for-|not-a-secret"),
    # A form's path, a rate, a sentence in French about passwords and codes.
    *("--exclude-secrets", r"^accounts\.authentication\.forms\.\w+$|^\d+/\d*[mh]/|[Mm]ot de passe\b"),
    *("--exclude-secrets", r"^(Ce code n’est pas|15 caractères au moins|Votre appareil demandera)\b"),
)
ANSWERS = """
import sys, psycopg
with psycopg.connect(sys.argv[1], connect_timeout=3) as connection:
    assert connection.info.server_version >= 150000, "PostgreSQL 15 or newer is needed"
    rights = "SELECT rolsuper OR rolcreatedb FROM pg_roles WHERE rolname = current_user"
    assert connection.execute(rights).fetchone()[0], "the user may not create databases"
"""

MIGRATE = """
from tests.databases import fresh_database
with fresh_database():
    pass
"""


class CannotGoOn(Exception):
    """Nothing more can be done here; the message says why, and what to do."""


def say(text: str) -> None:
    print(text, flush=True)


def run(*command: object, **variables: str) -> None:
    subprocess.run([str(part) for part in command], cwd=ROOT, check=True, env={**os.environ, **variables})


@contextlib.contextmanager
def step(title: str) -> Iterator[None]:
    """Say what starts and how long it took."""
    started = time.monotonic()
    say(f"→ {title}")
    yield
    say(f"✓ {title}: {time.monotonic() - started:.0f} s")


def prepare() -> None:
    """Install uv, Python and the locked dependencies where they are missing."""
    # Of another environment, or what would have every process read its thousands of modules from their source.
    for name in ("VIRTUAL_ENV", "PYTHONHOME", "PYTHONPATH", "UV_PROJECT_ENVIRONMENT", "PYTHONDONTWRITEBYTECODE"):
        os.environ.pop(name, None)
    os.environ.setdefault("UV_SYSTEM_CERTS", "1")
    os.environ["PYTHONUNBUFFERED"] = "1"  # what is said is shown at once, in a file too
    uv = installed_uv() or own_uv()
    say("→ Python and the locked dependencies")
    run(uv, "sync", "--locked")


def installed_uv() -> str | None:
    """A uv on the path, if it is recent enough to read the lock file."""
    found = shutil.which("uv")
    if not found:
        return None
    answer = subprocess.run([found, "--version"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    numbers = answer.stdout.decode().split()[1:2]
    return found if numbers and version(numbers[0]) >= version(UV_VERSION) else None


def version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".") if part.isdigit())


def own_uv() -> Path:
    """A uv of the project's own, in `var/uv`."""
    home = ROOT / "var" / "uv"
    uv = home / "bin" / ("uv.exe" if os.name == "nt" else "uv")
    if not uv.exists():
        with step(f"uv {UV_VERSION}, which installs the rest"):
            pip = (sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
            run(*pip, "--upgrade", "--target", home, f"uv=={UV_VERSION}", PIP_USER="0")
    return uv


def python(*arguments: object, **variables: str) -> None:
    run(BIN / "python", *arguments, **variables)


def serve(arguments: list[str]) -> NoReturn:
    """Hand this process over, so that Ctrl-C and signals reach the site itself."""
    port = os.environ.get("PORT") or "8000"
    os.environ.setdefault("BASE_URL", f"http://localhost:{port}")  # what feeds, mails and shared links give
    os.chdir(ROOT)
    os.execv(str(BIN / "python"), [str(BIN / "python"), "manage.py", "start", "--port", port, *arguments])


def test(arguments: list[str]) -> None:
    """The whole suite but the long checks. `COVERAGE=true` measures at the same time how much of the rules it runs."""
    # By both runs together: each database has lines of its own.
    first, last = (["--cov", "--cov-fail-under=0"], ["--cov", "--cov-append"]) if MEASURED else ([], [])
    on_each_database("Tests", ("not trial", "not trial and not walk"), arguments, first, last)


def trials(arguments: list[str]) -> None:
    """The long checks; on PostgreSQL, also the tests that walk the whole site."""
    shown = ["-rA", "--show-capture=no"]
    on_each_database("Trials", ("trial", "(trial or walk)"), arguments, shown, shown)


def on_each_database(
    what: str, kept: tuple[str, str], arguments: list[str], first: Sequence[str] = (), last: Sequence[str] = ()
) -> None:
    """What is kept on SQLite, then what is kept on PostgreSQL of what asks for a database and for no browser."""
    on_sqlite, on_postgresql = kept
    browser = chromium()
    database = postgresql()
    if not arguments:
        migrate("", *([database] if database else []))
    with scratch(), step(f"{what} on SQLite, {'with' if browser else 'without'} a browser"):
        marks = on_sqlite if browser else f"{on_sqlite} and not browser"
        pytest("-m", marks, *first, *arguments, CHROMIUM=browser or "", DATABASE_URL="")
    if database:
        with scratch(), step(f"{what} on PostgreSQL"), nothing_may_be_left(arguments):
            pytest("-m", f"{on_postgresql} and database and not browser", *last, *arguments, DATABASE_URL=database)
    names = "SQLite and PostgreSQL" if database else "SQLite"
    say(f"✓ {what} passed on {names}, {'with' if browser else 'WITHOUT'} the browser ones.")
    if not database:
        say(f"  NOT run on PostgreSQL: {NO_POSTGRESQL}")


def migrate(*databases: str) -> None:
    """What every test starts from, made at the same time on each database; nothing where it is kept already."""
    command = [str(BIN / "python"), "manage.py", "shell", "--no-imports", "--command", MIGRATE]
    with scratch(), step("Migrated databases"):
        settings = {**os.environ, "DJANGO_SETTINGS_MODULE": "actess.settings.test"}
        asked = [subprocess.Popen(command, cwd=str(ROOT), env={**settings, "DATABASE_URL": url}) for url in databases]
        answers = [made.wait() for made in asked]
        if any(answers):
            raise CannotGoOn("A database could not be migrated.")


@contextlib.contextmanager
def nothing_may_be_left(arguments: list[str]) -> Iterator[None]:
    """What was asked for may hold no test that a database changes."""
    try:
        yield
    except subprocess.CalledProcessError as failure:
        if not arguments or failure.returncode != NO_TEST_LEFT:
            raise


def pytest(*arguments: object, **variables: str) -> None:
    workers = min(os.cpu_count() or 1, 4)
    spread = ("-n", workers, "--dist", "worksteal") if workers > 1 else ()
    python("-m", "pytest", *spread, *arguments, **variables)


@contextlib.contextmanager
def scratch() -> Iterator[None]:
    """A data folder that ends with the run."""
    before = os.environ.get("ACTESS_DATA")
    with tempfile.TemporaryDirectory(prefix="actess-") as folder:
        os.environ["ACTESS_DATA"] = folder
        yield
    os.environ.pop("ACTESS_DATA")
    if before is not None:
        os.environ["ACTESS_DATA"] = before


NO_POSTGRESQL = "none answers. Start one on 127.0.0.1:5432 that lets postgres in, or name one in TEST_DATABASE_URL."
NO_BROWSER = (
    "No Chromium was found, so the browser tests cannot run. Install the package `chromium` of the system, "
    "or give the path of a Chromium or Chrome in the variable CHROMIUM."
)


def postgresql() -> str | None:
    """The address of a PostgreSQL that answers. One that was asked for, or any under CI, must."""
    asked = os.environ.get("TEST_DATABASE_URL")
    url = asked or LOCAL_POSTGRESQL
    probe = subprocess.run(
        [str(BIN / "python"), "-c", ANSWERS, url], cwd=str(ROOT), stderr=subprocess.PIPE, check=False
    )
    if probe.returncode == 0:
        return url
    why = probe.stderr.decode(errors="replace").strip().split("\n")[-1]
    if asked or IN_CI:
        raise CannotGoOn(f"PostgreSQL must answer here, and does not: {why}")
    return None


def chromium() -> str | None:
    """The path of a Chromium, installed from the system's packages where that is possible."""
    asked = os.environ.get("CHROMIUM")
    if asked:
        if not shutil.which(asked):
            raise CannotGoOn(f"CHROMIUM names {asked}, which does not run.")
        return asked
    if not found_browser() and shutil.which("apt-get") and os.geteuid() == 0:
        with step("Chromium, from the system's packages"), contextlib.suppress(subprocess.CalledProcessError):
            run("apt-get", "update", "-q", DEBIAN_FRONTEND="noninteractive")
            install = ("apt-get", "-o", "DPkg::Lock::Timeout=300", "install", "-q", "-y", "--no-install-recommends")
            run(*install, "chromium", DEBIAN_FRONTEND="noninteractive")
    found = found_browser()
    if not found:
        if IN_CI:
            raise CannotGoOn(NO_BROWSER)
        say(NO_BROWSER)
    return found


def found_browser() -> str | None:
    return next((path for name in BROWSERS for path in [shutil.which(name)] if path), None)


def lint(_arguments: list[str]) -> None:
    """Every check, even after one has failed, so that one run shows all there is to mend."""
    failed = []
    tracked = subprocess.run(["git", "ls-files"], cwd=str(ROOT), stdout=subprocess.PIPE, check=True)
    files = [name for name in tracked.stdout.decode().splitlines() if (ROOT / name).is_file()]
    checks: dict[str, tuple[object, ...]] = {
        "Format": ("ruff", "format", "--check", "."),
        "Style": ("ruff", "check", "."),
        "Types": ("mypy",),
        "Templates": ("djlint", "--lint", "--quiet", "templates"),
        "Migrations": ("django-admin", "makemigrations", "--check", "--dry-run", "--settings=actess.settings.test"),
        "Secrets": ("detect-secrets-hook", *SECRETS, *files),
    }
    with scratch():
        for title, command in checks.items():
            try:
                with step(title):
                    run(BIN / str(command[0]), *command[1:], DATABASE_URL="")
            except subprocess.CalledProcessError:
                say(f"✗ {title}")
                failed.append(title.lower())
    if failed:
        raise CannotGoOn(f"To mend: {', '.join(failed)}.")


def bench(arguments: list[str]) -> None:
    """The benchmark finds its own PostgreSQL, as the tests do."""
    python("bench/run.py", *arguments, DATABASE_URL=postgresql() or "")


def lighthouse(arguments: list[str]) -> None:
    """What Lighthouse says of each kind of page, in the browser that the tests use."""
    browser = chromium()
    if not browser:
        raise CannotGoOn("Lighthouse needs a Chromium.")
    python("bench/lighthouse.py", *arguments, CHROMIUM=browser)


COMMANDS = {"run": serve, "test": test, "trials": trials, "bench": bench, "lighthouse": lighthouse, "lint": lint}


def main(arguments: list[str]) -> None:
    if not arguments or arguments[0] not in COMMANDS:
        raise CannotGoOn(f"Say one of: {', '.join(COMMANDS)}.")
    prepare()
    COMMANDS[arguments[0]](arguments[1:])


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except CannotGoOn as reason:
        sys.exit(f"✗ {reason}")
    except subprocess.CalledProcessError as failure:
        sys.exit(failure.returncode)
    except KeyboardInterrupt:
        sys.exit(130)
