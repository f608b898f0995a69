"""`make bench`: what each kind of page costs, beside a bare Wagtail site, in the same run.

    python -m bench.run [--sizes 100 10000] [--rounds 5] [--times 20] [--engines postgresql sqlite]

Both sites run in a process of their own and are measured in turns, so that the
machine's noise hits both alike; the least noisy figure of the rounds is kept.
Growth compares the same page at the first and at the last size.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import uuid
from pathlib import Path
from typing import Any

import dj_database_url
import psycopg

ROOT = Path(__file__).resolve().parents[1]
SERVER = os.environ.get("TEST_DATABASE_URL") or "postgresql://postgres@127.0.0.1:5432/postgres"
# How many times the processor time of a bare page each may cost, and how much each may grow.
BUDGETS = {"home": 1.7, "list": 1.5, "article": 1.3}
GROWTH = {"home": 1.2, "article": 1.2, "list": 1.2, "list, middle": 1.2, "list, last": 1.2}
GROWTH |= {"list, filtered": 2.0, "search": 2.0, "search, rare": 2.0}
QUERIES = {"home": 8, "list": 9, "article": 10, "search": 6, "API v2 list": 6, "session": 10}
Figures = dict[str, dict[str, Any]]


class Worker:
    """One site in its own process."""

    def __init__(self, site: str, settings: str, database: str, data: Path) -> None:
        paths = [str(ROOT), str(ROOT / "bench" / "bare")]
        environment = os.environ | {
            "BENCH_SITE": site,
            "BENCH_DATABASE": database,
            "DATABASE_URL": database,
            "BENCH_DATA": str(data),
            "ACTESS_DATA": str(data),
            "DJANGO_SETTINGS_MODULE": settings,
            "PYTHONPATH": os.pathsep.join(paths),
        }
        data.mkdir()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            cwd=ROOT,
            text=True,
        )

    def ask(self, name: str, *arguments: Any) -> Any:
        assert self.process.stdin  # noqa: S101  # both are pipes
        assert self.process.stdout  # noqa: S101
        self.process.stdin.write(json.dumps([name, *arguments]) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"the process of {name} stopped")
        return json.loads(line)

    def stop(self) -> None:
        if self.process.stdin:
            self.process.stdin.close()
        self.process.wait(30)


def measured(workers: dict[str, Worker], rounds: int, times: int) -> dict[str, Figures]:
    """For each site and page, its figures; of the rounds, the quietest."""
    addresses = {name: worker.ask("addresses") for name, worker in workers.items()}
    found: dict[str, Figures] = {name: {} for name in workers}
    for _ in range(rounds):
        for page in addresses["ours"]:
            for name, worker in workers.items():
                if page in addresses[name]:
                    figures = worker.ask("measure", addresses[name][page], times)
                    best = found[name].get(page)
                    found[name][page] = figures if best is None or figures["cpu"] < best["cpu"] else best
    return found


def table(engine: str, size: int, found: dict[str, Figures]) -> None:
    print(f"\n{engine}, {size} news{'':24}ours {'':13} bare        ratio")
    print(
        f"{'page':20}{'queries':>8}{'again':>6}{'CPU ms':>8}{'kB':>7}{'gz kB':>7}{'queries':>9}{'CPU ms':>8}{'CPU':>8}"
    )
    for page, ours in found["ours"].items():
        bare = found["bare"].get(page)
        beside = f"{bare['queries']:9}{bare['cpu']:8.2f}{ours['cpu'] / bare['cpu']:8.2f}" if bare else ""
        weights = f"{ours['bytes'] / 1000:7.1f}{ours['packed'] / 1000:7.1f}"
        print(f"{page:20}{ours['queries']:8}{ours['repeated']:6}{ours['cpu']:8.2f}{weights}{beside}")
        for name, row in (("ours", ours), ("bare", bare)):
            if row and row["status"] != 200:
                print(f"{'':20}{name} answered {row['status']}")


def over_budget(engine: str, by_size: dict[int, dict[str, Figures]]) -> list[str]:
    """What costs or grows more than it may."""
    sizes = sorted(by_size)
    wrong = []
    for size in sizes:
        ours, bare = by_size[size]["ours"], by_size[size]["bare"]
        for page, limit in BUDGETS.items():
            ratio = ours[page]["cpu"] / bare[page]["cpu"]
            if ratio > limit:
                wrong.append(f"{engine}, {size}: {page} costs {ratio:.2f} × the bare page, over {limit}")
        for page, most in QUERIES.items():
            if ours[page]["queries"] > most or ours[page]["repeated"]:
                wrong.append(f"{engine}, {size}: {page} asks {ours[page]['queries']} queries, over {most} or repeated")
        wrong += [
            f"{engine}, {size}: {page} answers {row['status']}" for page, row in ours.items() if row["status"] != 200
        ]
    return wrong


def growth(engine: str, by_size: dict[int, dict[str, Figures]]) -> list[str]:
    least, most = min(by_size), max(by_size)
    if least == most:
        return []
    print(f"\n{engine}, growth of the processor time from {least} to {most} news")
    wrong = []
    for page, row in by_size[most]["ours"].items():
        ratio = row["cpu"] / by_size[least]["ours"][page]["cpu"]
        print(f"{page:20}{ratio:8.2f}")
        if ratio > GROWTH.get(page, 99):
            wrong.append(f"{engine}: {page} grows {ratio:.2f} ×, over {GROWTH[page]}")
    return wrong


def bench(engine: str, sizes: list[int], rounds: int, times: int) -> list[str]:
    with tempfile.TemporaryDirectory(prefix="actess-bench-") as folder, databases(engine, Path(folder)) as urls:
        workers = {
            "ours": Worker("ours", "bench.settings", urls["ours"], Path(folder) / "ours"),
            "bare": Worker("bare", "bare.settings", urls["bare"], Path(folder) / "bare"),
        }
        try:
            by_size = {}
            for worker in workers.values():
                worker.ask("start")
            for size in sizes:
                print(f"→ {engine}: {size} news", flush=True)
                for worker in workers.values():
                    worker.ask("fill", size)
                by_size[size] = measured(workers, rounds, times)
                table(engine, size, by_size[size])
            wrong = growth(engine, by_size)
            return wrong + over_budget(engine, by_size) if engine == "postgresql" else []
        finally:
            for worker in workers.values():
                worker.stop()


class databases:  # noqa: N801  # read as a word of the `with` that uses it
    """Two empty databases of an engine, gone at the end."""

    def __init__(self, engine: str, folder: Path) -> None:
        self.engine = engine
        self.folder = folder
        self.names = {site: f"bench_{site}_{uuid.uuid4().hex[:8]}" for site in ("ours", "bare")}

    def __enter__(self) -> dict[str, str]:
        if self.engine == "sqlite":
            return {site: f"sqlite:///{self.folder / name}.sqlite3" for site, name in self.names.items()}
        self._each("CREATE DATABASE {}")
        base = SERVER.rsplit("/", 1)[0]
        return {site: f"{base}/{name}" for site, name in self.names.items()}

    def __exit__(self, *_error: object) -> None:
        if self.engine == "postgresql":
            self._each("DROP DATABASE IF EXISTS {} WITH (FORCE)")

    def _each(self, statement: str) -> None:
        with psycopg.connect(SERVER, autocommit=True) as connection:
            for name in self.names.values():
                connection.execute(statement.format(name))


def answers() -> bool:
    parsed = dj_database_url.parse(SERVER)
    try:
        psycopg.connect(SERVER, connect_timeout=3).close()
    except psycopg.OperationalError:
        print(f"No PostgreSQL answers at {parsed['HOST']}: only SQLite is measured.")
        return False
    return True


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 10_000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--engines", nargs="+", default=["postgresql", "sqlite"])
    chosen = parser.parse_args()
    engines = [engine for engine in chosen.engines if engine != "postgresql" or answers()]
    wrong = [line for engine in engines for line in bench(engine, chosen.sizes, chosen.rounds, chosen.times)]
    print("\nEverything within budget." if not wrong else "\nOver budget:\n  " + "\n  ".join(wrong))
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
