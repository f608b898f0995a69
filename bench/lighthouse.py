"""`make lighthouse`: what Lighthouse says of each kind of page on a phone, the median of a few runs.

    python bench/lighthouse.py [--base http://localhost:8000] [--runs 3]

Without `--base`, the site is started on a data folder of its own, with its
demonstration, as `make run` does. Node and npm are needed for this alone.
"""

import argparse
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any
from urllib.error import URLError
from urllib.parse import urljoin
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = Path(__file__).parent / "lighthouse"
HOME = ROOT / "var" / "lighthouse"
SECONDS_TO_START = 600
# The least score of each category.
WANTED = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
TIMES = {
    "first-contentful-paint": "FCP ms",
    "largest-contentful-paint": "LCP ms",
    "total-blocking-time": "TBT ms",
    "cumulative-layout-shift": "CLS",
}
LISTS = {"article": "/actualites/", "video": "/videos/", "session": "/reunions/"}
FIRST_CARD = re.compile(r'class="cover-link" href="([^"]+)"')


def install() -> None:
    """Lighthouse and what it needs, in a folder of its own."""
    if not shutil.which("npm"):
        sys.exit("✗ Lighthouse runs on Node: install the packages `nodejs` and `npm` of the system.")
    HOME.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "measure.mjs"):
        shutil.copy(SCRIPT / name, HOME / name)
    if not (HOME / "node_modules" / "lighthouse").exists():
        print("→ Lighthouse", flush=True)
        environment = os.environ | {"PUPPETEER_SKIP_DOWNLOAD": "1"}
        command = ["npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"]
        subprocess.run(command, cwd=HOME, check=True, env=environment)


@contextmanager
def site() -> Iterator[str]:
    """The address of the site, started on an empty folder and stopped at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://localhost:{port}"
    with tempfile.TemporaryDirectory(prefix="actess-lighthouse-") as data:
        command = [sys.executable, "manage.py", "start", "--port", str(port)]
        process = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"ACTESS_DATA": data, "DATABASE_URL": ""})
        try:
            wait_for(address, process)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=30)


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end and process.poll() is None:
        try:
            return read(address) and None
        except URLError:
            time.sleep(1)
    sys.exit("✗ The site did not start.")


def read(address: str) -> str:
    with urlopen(address, timeout=60) as answer:  # noqa: S310  # an address of this machine
        return str(answer.read().decode())


def pages(base: str) -> dict[str, str]:
    """One address of each kind; of a list, what it shows first. Each is read once: a server starts cold."""
    addresses = {"home": f"{base}/", "list": f"{base}/actualites/"}
    for name, path in LISTS.items():
        listed = FIRST_CARD.search(read(base + path))
        if not listed:
            sys.exit(f"✗ {path} lists nothing.")
        addresses[name] = urljoin(base, listed[1])
    for address in addresses.values():
        read(address)
    return addresses


def measure(addresses: dict[str, str], runs: int) -> dict[str, list[dict[str, Any]]]:
    """The results of each page, by its name."""
    names = {address: name for name, address in addresses.items()}
    command = ["node", "measure.mjs", str(runs), *addresses.values()]
    results: dict[str, list[dict[str, Any]]] = {name: [] for name in addresses}
    with subprocess.Popen(command, cwd=HOME, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or []:
            result = json.loads(line)
            name = names[result["address"]]
            results[name].append(result)
            print(f"  {name}: {' / '.join(str(score) for score in result['scores'].values())}", flush=True)
    if process.returncode:
        sys.exit("✗ Lighthouse stopped before the end.")
    return results


def table(results: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
    headings = ["page", *WANTED, *TIMES.values(), "not had"]
    yield f"| {' | '.join(headings)} |"
    yield f"|{'---|' * len(headings)}"
    for name, runs in results.items():
        scores = [f"{median(run['scores'][category] for run in runs):.0f}" for category in WANTED]
        times = [median(run["times"][time] for run in runs) for time in TIMES]
        cells = [*scores, *(f"{value:.0f}" for value in times[:-1]), f"{times[-1]:.3f}"]
        missed = sorted({audit for run in runs for audit in run["missed"]})
        yield f"| {name} | {' | '.join(cells)} | {', '.join(missed) or '–'} |"


def short(results: dict[str, list[dict[str, Any]]]) -> list[str]:
    """The pages and categories whose median is under what is wanted."""
    return [
        f"{name}, {category}"
        for name, runs in results.items()
        for category, least in WANTED.items()
        if median(run["scores"][category] for run in runs) < least
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", help="the address of a site that runs on this machine")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    install()
    if options.base:
        results = measure(pages(options.base.rstrip("/")), options.runs)
    else:
        with site() as address:
            results = measure(pages(address), options.runs)
    print("\n".join(["", *table(results)]))
    if missed := short(results):
        sys.exit(f"✗ Under what is wanted: {'; '.join(missed)}.")


if __name__ == "__main__":
    main()
