"""One site in one process, driven by lines of JSON: start, fill, addresses, measure."""

import gzip
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Callable
from importlib import import_module
from typing import Any
from urllib.parse import quote
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection

LONGEST = 3  # seconds spent on one page in one round: a bare search in SQLite costs the square of what it finds
application = get_wsgi_application()


def get(address: str) -> tuple[int, bytes]:
    """The status and the body, through the whole stack of middlewares."""
    path, _, query = address.partition("?")
    environ: dict[str, Any] = {}
    setup_testing_defaults(environ)
    environ |= {"PATH_INFO": path, "QUERY_STRING": quote(query, safe="=&")}
    environ |= {"HTTP_HOST": "localhost", "SERVER_NAME": "localhost"}
    answered: list[str] = []
    body = application(environ, lambda status, _headers: answered.append(status))
    content = b"".join(body)
    body.close()
    return int(answered[0][:3]), content


def counted(address: str) -> tuple[int, int]:
    """The statements of a warm request, and how many of them ran more than once."""
    statements: Counter[tuple[str, str]] = Counter()

    def count(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        statements[sql, repr(params)] += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        get(address)
    return sum(statements.values()), sum(times - 1 for times in statements.values())


def measure(address: str, times: int) -> dict[str, Any]:
    """Milliseconds of processor time a warm request, with its statements and its weight."""
    status, body = get(address)
    get(address)
    queries, repeated = counted(address)
    begun, spent, done = time.process_time(), 0.0, 0
    while done < times and spent < LONGEST:
        get(address)
        done, spent = done + 1, time.process_time() - begun
    cpu = spent * 1000 / done
    packed = len(gzip.compress(body, 6))
    return {
        "status": status,
        "cpu": cpu,
        "queries": queries,
        "repeated": repeated,
        "bytes": len(body),
        "packed": packed,
    }


def main() -> None:
    site = import_module("bench.sites").SITES[os.environ["BENCH_SITE"]]()  # models load once Django is set up
    answers = {"start": site.start, "fill": site.fill, "addresses": site.addresses, "measure": measure}
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what libraries print does not mix with the answers
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        out.write(json.dumps(answers[name](*arguments)) + "\n")
        out.flush()


if __name__ == "__main__":
    assert not settings.DEBUG  # noqa: S101  # figures under DEBUG would mean nothing
    main()
