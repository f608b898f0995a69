import os
from typing import Any

import django
from django.core.exceptions import BadRequest
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "actess.settings.production")


class Request(WSGIRequest):
    """A request whose content type cannot be read: `SanityMiddleware` refuses it, in the site's look."""

    def __init__(self, environ: dict[str, Any]) -> None:
        self.has_unreadable_type = False
        try:
            super().__init__(environ)
        except (BadRequest, ValueError):
            super().__init__(environ | {"CONTENT_TYPE": ""})
            self.has_unreadable_type = True


class Application(WSGIHandler):
    request_class = Request


django.setup(set_prefix=False)
application = Application()
