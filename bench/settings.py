"""The site as it runs online, but for the encryption that a proxy adds and the names of static files."""

from actess.settings.base import *

SECRET_KEY = "only-for-measuring"  # noqa: S105  # not a secret
ALLOWED_HOSTS = ["localhost"]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
