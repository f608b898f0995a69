"""The suite's settings: quick, quiet, nothing outside the process but the database."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("ACTESS_DATA", tempfile.mkdtemp(prefix="actess-test-"))
if worker := os.environ.get("PYTEST_XDIST_WORKER"):
    # Tests that look at what is on the disk look at their own.
    os.environ["ACTESS_DATA"] = str(Path(os.environ["ACTESS_DATA"]) / worker)

from actess.settings.base import *

SECRET_KEY = "only-for-tests"  # noqa: S105  # not a secret
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1", "[::1]"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True  # a client of the tests lists no file before its first page
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
SERVE_MEDIA = True
SHOW_MAIL = True
SHOW_STYLEGUIDE = True
# No virus scanner.
SILENCED_SYSTEM_CHECKS = ["private_files.I001"]
MEDIA_ROOT = Path(DATA) / "media"
if not POSTGRESQL:
    MIDDLEWARE = ["tests.turns.TurnsMiddleware", *MIDDLEWARE]
