"""Each wrong rule is found by the tests of passports: in a copy of the project, one line after the other is changed."""

import os
import shutil
import subprocess
import sys
from compileall import compile_dir
from concurrent.futures import ThreadPoolExecutor
from py_compile import PycInvalidationMode

import pytest
from django.conf import settings

from tests.databases import KEPT
from tests.passport.mutants import LIFE, MUTANTS

pytestmark = pytest.mark.trial

LEFT_OUT = shutil.ignore_patterns(".*", "var", "bench", "__pycache__", "docs")
AT_ONCE = 2
LIFE_OF_MUTANTS = """
import pytest

from tests import lives
from tests.passport.test_life import Life


@pytest.mark.django_db
def test_no_hour_is_lost():
    lives.live(Life, lives=60, steps=30, shortened=False)
"""


@pytest.fixture(scope="module")
def copies(tmp_path_factory):
    """As many as run at once."""
    found = []
    for number in range(AT_ONCE):
        copy = tmp_path_factory.mktemp("mutants") / str(number)
        shutil.copytree(settings.ROOT, copy, ignore=LEFT_OUT, symlinks=True)
        (copy / LIFE).write_text(LIFE_OF_MUTANTS)
        if KEPT.exists():
            shutil.copytree(KEPT, copy / KEPT.relative_to(settings.ROOT))
        # Compiled by what a file says and not by its date: a line is put back within the second that it was changed.
        compile_dir(copy, quiet=1, invalidation_mode=PycInvalidationMode.CHECKED_HASH)
        found.append(copy)
    return found


def outcome(copy, tests):
    """What pytest says: 0, all is well; 1, something failed."""
    environment = os.environ | {
        "PYTHONPATH": f"{copy}{os.pathsep}{copy / 'site'}",
        "DATABASE_URL": "",
        "ACTESS_DATA": str(copy / "var"),
    }
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-m", "not trial", *tests]
    done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False, timeout=900)
    assert done.returncode in {0, 1}, done.stdout[-2000:] + done.stderr[-2000:]
    return done.returncode


def is_killed(copy, mutant):
    path = copy / mutant.file
    kept = path.read_text()
    assert kept.count(mutant.old) == 1, f"{mutant.name}: {kept.count(mutant.old)} times in {mutant.file}"
    path.write_text(kept.replace(mutant.old, mutant.new))
    try:
        return outcome(copy, mutant.tests) == 1
    finally:
        path.write_text(kept)


def test_every_wrong_rule_is_found(copies, tell):
    every = sorted({test for mutant in MUTANTS for test in mutant.tests})
    assert outcome(copies[0], every) == 0, "without a mutant, all is well"

    def work(number):
        return [mutant.name for mutant in MUTANTS[number::AT_ONCE] if not is_killed(copies[number], mutant)]

    with ThreadPoolExecutor(AT_ONCE) as threads:
        alive = [name for names in threads.map(work, range(AT_ONCE)) for name in names]

    found = f"{len(MUTANTS) - len(alive)} of {len(MUTANTS)}"
    tell(f"passports: {found} wrong rules found; {', '.join(alive) or 'none'} alive")
    assert alive == []
