"""A browser of ill will, for the tests of what it may send."""

import time
from collections import deque
from urllib.parse import unquote_to_bytes

from django.test import Client

LONGEST_SECONDS = 5
LOOK = '<html lang="fr">'
FAILURE = "Traceback (most recent call last)"


class Visitor:
    """Remembers what failed: a status of 500, a trace of code, a long wait, an error that is no page of the site."""

    def __init__(self) -> None:
        self.client = Client(raise_request_exception=False)
        self.tried = 0
        self.failures = []

    def get(self, path, **environ):
        return self.send("GET", path, **environ)

    def query(self, path, query):
        return self.get(path, QUERY_STRING=query)

    def send(self, method, path, body=b"", content_type="application/octet-stream", **environ):
        start = time.perf_counter()
        answer = self.client.generic(method, "/", body, content_type, **path_info(path) | environ)
        # Reading a file to its end closes it; closing it by hand would close the test's own connection.
        text = "" if answer.streaming else answer.content.decode(errors="replace")
        if answer.streaming:
            deque(answer, maxlen=0)
        self.tried += 1
        slow = time.perf_counter() - start > LONGEST_SECONDS
        echoes = "evil.example" in text and "evil.example" in str(environ.get("HTTP_HOST", ""))
        if answer.status_code >= 500 or FAILURE in text or slow or echoes or looks_wrong(path, method, answer, text):
            self.failures.append((method, path[:80], str(environ)[:200], body[:80], answer.status_code, slow))
        return answer


def looks_wrong(path, method, answer, text):
    """An error is a page of the site, except where data is asked for."""
    refused = answer.status_code in {400, 404, 405} and method != "HEAD" and not path.startswith(("/api/", "/static/"))
    return refused and LOOK not in text


def path_info(path):
    return {"PATH_INFO": unquote_to_bytes(path).decode("latin-1")}
