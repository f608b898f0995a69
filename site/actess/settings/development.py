"""One command on one machine: pages look as they will online, mails go to a folder."""

import os

from actess.settings.base import *

DEBUG = os.environ.get("DEBUG") == "1"
SECRET_KEY = "only-for-a-machine-of-one-s-own-never-for-a-site-online"  # noqa: S105  # the name says what it is
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": str(MAIL_ROOT)},
    }
}
# Offered to everybody, asked of nobody: the accounts of the demonstration have none.
SECOND_FACTOR_REQUIRED = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
SERVE_MEDIA = True
SHOW_MAIL = True
SHOW_STYLEGUIDE = True
# No virus scanner.
SILENCED_SYSTEM_CHECKS = ["private_files.I001"]
# No proxy stands before this server.
MIDDLEWARE.insert(0, "actess.compression.TextCompressionMiddleware")
WHITENOISE_USE_FINDERS = True
if DEBUG:
    # Read where they are written, so that a change shows at once.
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    WHITENOISE_AUTOREFRESH = True
else:
    STORAGES["staticfiles"] = {"BACKEND": "actess.storage.DevelopmentStaticFilesStorage"}
