"""What no honest visitor sends, and every public address to send it to."""

from datetime import date, timedelta

from django.urls import reverse

from tests.factories import (
    make_contact,
    make_departements,
    make_guide,
    make_guide_index,
    make_home,
    make_news,
    make_news_index,
    make_page,
    make_session,
    make_video,
    make_video_index,
)

NUMBERS = (
    *("0", "-1", "1", "2", "abc", "1.5", "1e309", "NaN", "0x10", "²", "\uff11\uff12", "1_000", "+1", " 1", "1 "),
    *(
        "999999",
        "2147483648",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775809",
        "9" * 20,
        "9" * 4000,
    ),
)
TEXTS = (
    *("", " ", '"', '"a', "'", "\\", "(" * 200, ")" * 200, "*", "a OR " * 500, "a:*", "&!|", "-", "--", "%", "_", "+"),
    *("é" * 500, "😀" * 200, "e\u0301", "\u202emoc.elpmaxe", "\u200b", "\ufeff", "ﬁ", "a" * 7000, "x y " * 500),
    *("' OR 1=1 --", "1; DROP TABLE pages_searchentry", "'||(select version())||'", "pg_sleep(5)", "1) OR (1=1"),
    *("<script>alert(1)</script>", "\"'><svg onload=alert(1)>", "{{7*7}}", "{%debug%}", "${7*7}", "]]>", "%s%n%x"),
    *("../../etc/passwd", "..\\..\\x", "/etc/passwd", "file:///etc/passwd", "//evil.example", "javascript:alert(1)"),
    *(
        "None",
        "null",
        "undefined",
        "true",
        "[]",
        "{}",
        "a,b,c",
        ",",
        ",,,",
        ";",
        "a=b",
        "\r\nSet-Cookie: x=1",
        "\t",
        "\n",
    ),
)
DATES = (
    *(
        "2026-02-30",
        "0000-00-00",
        "0000-01",
        "0001-01",
        "9999-12",
        "10000-01",
        "2026-13",
        "2026-00",
        "2026-1",
        "29/02/2025",
    ),
    *("2026-11", "2026-11-21", "20261121", "2026-11-21T25:00", "-2026-11", "2026-११", "2026-11-", "now", "today"),
)
CODES = ("00", "93", "9", "093", "2A", "974", "75,93", "93 ", "٩٣", "93' OR '1'='1", "Paris", "99999999999999999999")
VALUES = (*NUMBERS, *TEXTS, *DATES, *CODES)

# Question marks as they are sent: what a browser would never encode so.
QUERIES = (
    *(
        "%00",
        "q=%00",
        "%00=1",
        "q=%ff",
        "q=%c0%ae",
        "q=%ed%a0%80",
        "q=%zz",
        "q=%",
        "q=%u0041",
        "q=\xff\xfe",
        "q=%1b[31m",
    ),
    *("a[]=1", "a[b][c]=1", "a=1&a=2", ";;;", "=&&&==", "&" * 300, "?" * 50, "q", "=q", "q==", "a;b=c", "#", "q=%23"),
    *("&".join(f"a{number}=1" for number in range(1500)), "q=" + "a" * 7000, "q=" + "a" * 10_000, "page=1&page=abc"),
    *("preview=1&version=draft&mode=preview&format=json", "format=api", "format=xml", "_method=DELETE", "utm_source=x"),
)
PATHS = (
    *(
        "/..%2f",
        "/%2e%2e/",
        "/..;/",
        "/%5c",
        "//evil.example",
        "//evil.example/%2e%2e",
        "/./",
        "/../",
        "/%0d%0aX:1",
        "/%00",
    ),
    *("/%ff", "/%c0%ae", "/" + "a" * 3000, "/" + "a/" * 900, "/.git/config", "/.env", "/wp-login.php", "/ACTUALITES/"),
    *(
        "/actualites/%00/",
        "/actualites/x.css",
        "/actualites/;x.css",
        "/actualites//",
        "/guides/%2fx.css",
        "/reunions/../",
    ),
    *(
        "/departements/",
        "/departements/00-nulle-part/",
        "/departements/93-/",
        "/departements/93-x/y/",
        "/departements/%39%33-x/",
    ),
    *("/reunions/aaaaaaaaaa/", "/reunions/%F0%9F%98%80/", "/reunions/" + "a" * 300 + "/", "/reunions/x/calendrier.ics"),
    *("/reunions/aaaaaaaaaa/reserver/", "/reservation/", "/reservation/x/", "/reservation/x.y/", "/reservation/%2e/"),
    *("/reservation/" + "a" * 1900 + "/", "/reservation/aaaaaaaaaaaaaaaa./code.svg", "/reservation/x.y/confirmer/"),
    *("/rendez-vous/", "/rendez-vous/x/", "/rendez-vous/x.y/deplacer/", "/rendez-vous/" + "a" * 1900 + "/", "/agenda/"),
    *("/agenda/x/", "/agenda/%2e/", "/agenda/%F0%9F%98%80/", "/reservation/x.y/diagnostic/", "/rendez-vous/./"),
    *("/verifier/x/", "/verifier/%F0%9F%98%80/", "/verifier/" + "a" * 1900 + "/", "/verifier/%2e/", "/verifier/x.py"),
    *("/actualites/flux/nulle-part/", "/actualites/flux/%27/", "/documents/0/", "/documents/0/x.pdf", "/documents/1/"),
    *(
        "/documents/99999999999999999999/x.pdf",
        "/documents/999999999999999999/x.pdf",
        "/media/",
        "/media/../x",
        "/media/%2e%2e/x",
    ),
    *(
        "/media/" + "a" * 3000,
        "/media/original_images/x.png",
        "/media/documents/x.pdf",
        "/prive/x",
        "/static/../settings.py",
    ),
    *(
        "/guides/x/fichier/",
        "/guides/x/fichier/y",
        "/sitemap-x-1.xml",
        "/sitemap-pages-99999999999.xml",
        "/sitemap-pages-0.xml",
    ),
    *(
        "/api/",
        "/api/v1/",
        "/api/v2/",
        "/api/v3/",
        "/api/v2/images/",
        "/api/v2/documents/",
        "/api/v2/media/",
        "/api/v2/users/",
    ),
    *(
        "/api/v2/pages/0/",
        "/api/v2/pages/abc/",
        "/api/v2/pages/99999999999999999999/",
        "/api/v2/pages/-1/",
        "/api/v2/pages/1/x/",
    ),
    *(
        "/api/v2/pages/find/",
        "/api/v2/departements/00/",
        "/api/v2/departements/0/",
        "/api/v2/sessions/x/",
        "/api/v2/pages/%00/",
    ),
    *("/gestion/pages/99999999999999999999/", "/_util/", "/admin/", "/server-status", "/recherche/x/", "/recherche"),
)
HEADERS = (
    *(
        {"HTTP_ACCEPT": value}
        for value in ("*/*;q=zz", ",;=" * 50, "a" * 5000, "text/html;" * 90, "application/xml", "")
    ),
    *({"HTTP_ACCEPT_LANGUAGE": value} for value in ("x" * 5000, "fr;q=999", ",,,", "zz-" * 200, "*;q=0", "\u20ac")),
    *({"HTTP_ACCEPT_ENCODING": value} for value in ("gzip;q=abc", "x" * 5000, ",,,,")),
    *({"CONTENT_TYPE": value} for value in (";;;", "a/b; charset=hex", "text/plain; charset=nowhere", "a" * 5000, "/")),
    *(
        {"HTTP_COOKIE": value}
        for value in ("sessionid=../../etc", "sessionid=a; sessionid=b", "messages=zz", "a" * 4000, "=;=;")
    ),
    *({"HTTP_COOKIE": f"sessionid={value}"} for value in ("é" * 40, "x" * 300, "'; DROP TABLE x", "\x00")),
    *({"HTTP_IF_NONE_MATCH": value} for value in ("*", '"', 'W/"x"', "x" * 4000, ",,,")),
    *(
        {"HTTP_IF_MODIFIED_SINCE": value}
        for value in ("x", "Thu, 99 Feb 9999 99:99:99 GMT", "0", "Thu, 01 Jan 0000 00:00:00 GMT")
    ),
    *(
        {"HTTP_RANGE": value}
        for value in ("bytes=a-b", "bytes=5-1", "bytes=0-" + "9" * 30, "bytes=" + "0-1," * 900, "x")
    ),
    *(
        {"HTTP_HOST": value}
        for value in ("evil.example", "localhost:abc", "a b", "", "é.fr", "a" * 300, "u@localhost", "[::1")
    ),
    *({"HTTP_X_FORWARDED_FOR": value} for value in ("127.0.0.1", "x" * 4000, "1.2.3.4," * 500, "'", "::")),
    {"HTTP_X_FORWARDED_HOST": "evil.example"},
    {"HTTP_X_FORWARDED_PROTO": "gopher"},
    {"HTTP_FORWARDED": "host=evil.example"},
    {"HTTP_X_HTTP_METHOD_OVERRIDE": "DELETE"},
    {"HTTP_X_ORIGINAL_URL": "/gestion/"},
    {"HTTP_X_ACCEL_REDIRECT": "/_private/x"},
    {"HTTP_ORIGIN": "null"},
    {"HTTP_REFERER": "x" * 8000},
    {"HTTP_AUTHORIZATION": "Basic YTpi"},
    {"HTTP_AUTHORIZATION": "Bearer " + "x" * 4000},
    {"REMOTE_USER": "admin"},
)
METHODS = ("TRACE", "PUT", "DELETE", "PATCH", "PROPFIND", "FOO", "get", "POST", "OPTIONS", "HEAD")
FORM_FIELDS = (
    *("name", "email", "telephone", "subject", "text", "kind", "best_time", "website", "csrfmiddlewaretoken"),
    *("first_name", "departement", "sent_by", "needs", "form_token"),
)
FORM_VALUES = (
    *TEXTS,
    *(
        "a@b\r\nBcc: x@y",
        "a@b,c@d",
        '"x"@y',
        f"{'a' * 320}@example.org",
        "a@b.c%0d%0a",
        "zoé@éxample.org",
        "\x0b",
        "\x85",
    ),
    *("+33199001122", "01 99 00 11 22", "abc", "0" * 5000, "is_staff", "message", "callback", "autre"),
)
PARAMETERS = ("page", "q", "type", "departement", "mois", "mot", "public", "theme", "format", "merci", "code", "tete")
API_PARAMETERS = (
    *(
        "limit",
        "offset",
        "search",
        "search_operator",
        "type",
        "fields",
        "order",
        "child_of",
        "descendant_of",
        "ancestor_of",
    ),
    *("translation_of", "locale", "site", "id", "html_path", "slug", "title", "first_published_at", "show_in_menus"),
    *("departement", "departements", "tag", "tags", "published_on", "alias_of", "audience", "from", "until", "unknown"),
)
API_VALUES = (
    *(
        "*",
        "*(*)",
        "parent(" * 60,
        "parent(parent(parent(parent(parent(*)))))",
        "-id",
        "_,x.y",
        "owner",
        "password",
        "a(b",
    ),
    *("random", "-slug,slug", ",".join(["slug"] * 100), "auth.User", "wagtailcore.Page", "news.NewsPage", "xor", "or"),
    *("localhost", "localhost:abc", "localhost:99999999", "evil.example", "root", "1", "/", "/accueil/", "fr", "zz"),
)


def make_site() -> dict[str, str]:
    """One public thing of each kind, and the address of each kind of page."""
    departements = make_departements()
    make_home()
    session, past = make_session(), make_session(starts_in=-timedelta(days=30), title="Une réunion passée")
    news = make_news(departements=departements[:1], tags=["Vélo"])
    guide, video = make_guide(departements=departements[:1]), make_video(month=date(2026, 11, 1))
    pages = {"news": news, "guide": guide, "video": video, "page": make_page(), "contact": make_contact()}
    addresses = {kind: page.address for kind, page in pages.items()}
    addresses |= {index.slug: index.address for index in (make_news_index(), make_guide_index(), make_video_index())}
    named = [
        "search",
        "info_sessions",
        "past_sessions",
        "schedule_calendar",
        "news_feed",
        "site_map",
        "sitemap",
        "robots",
        "check",
    ]
    addresses |= {name: reverse(name) for name in named}
    addresses |= {
        "home": "/",
        "session": session.get_absolute_url(),
        "past": past.get_absolute_url(),
        "calendar": reverse("session_calendar", args=[session.reference]),
        "book": reverse("book_session", args=[session.reference]),
        "booked": reverse("book_session_done", args=[session.reference]),
        "departement": departements[0].get_absolute_url(),
        "tag_feed": reverse("news_feed_by_tag", args=["velo"]),
        "file": f"{guide.address}fichier/",
    }
    return addresses


def make_api() -> dict[str, str]:
    """The addresses of the data that other sites read."""
    names = ("pages", "departements", "sessions", "pages/find", f"pages/{make_home().pk}")
    return {name: f"/api/v2/{name}/" for name in names}
