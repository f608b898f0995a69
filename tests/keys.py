"""The key file that production asks for."""

from django.conf import settings

from passport import keys


def key_file() -> str:
    """One that is there, and is nobody’s: made once for the run."""
    path = settings.DATA / "online-key.pem"
    if not path.exists():
        keys.make_file(path)
    return str(path)
