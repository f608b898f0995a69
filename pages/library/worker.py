"""`python -m pages.library.worker KIND PATH`: reads one file that nobody has checked yet.

It runs in a process of its own, with little memory and little time, which
knows neither the database nor the settings. It prints one JSON object: what it
read, or `refused`, a sentence.
"""

import json
import resource
import sys
from importlib import import_module
from pathlib import Path

from pages.library.refusal import RefusedError

MEMORY = 1024 * 1024 * 1024
SECONDS = 10

# Modules of this package, of which only the one that is needed is loaded.
KINDS = {"archive", "deck", "film", "footage", "image", "pdf", "portrait", "slides"}


def limit_resources() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    # It writes to nothing but its output, and keeps no trace of a crash.
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(kind: str, path: str) -> None:
    if kind not in KINDS:
        raise SystemExit(f"{kind} is none of {sorted(KINDS)}.")
    read = import_module(f"pages.library.{kind}").read
    limit_resources()
    try:
        answer = read(Path(path))
    except RefusedError as refused:
        answer = {"refused": str(refused)}
    except MemoryError:
        answer = {"refused": "Ce fichier demande trop de mémoire pour être ouvert."}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
