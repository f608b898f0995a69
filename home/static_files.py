"""Static files gathered under names that change with their content, only when one changed."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

STAMP = ".gathered"


def gather(say: Callable[[str], object]) -> bool:
    """Gather the static files where any differs from the last time; whether it was needed."""
    stamp = settings.STATIC_ROOT / STAMP
    present = fingerprint()
    if stamp.exists() and stamp.read_text() == present:
        return False
    say("→ Gathering the static files")
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(present)
    return True


def fingerprint() -> str:
    """What our static files hold and which packages bring the others."""
    digest = sha256((settings.ROOT / "uv.lock").read_bytes())
    for folder in settings.STATICFILES_DIRS:
        for path in sorted(Path(folder).rglob("*")):
            if path.is_file():
                digest.update(f"{path.relative_to(folder)}:".encode() + path.read_bytes())
    return digest.hexdigest()
