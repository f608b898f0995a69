"""Whatever is asked of the reading tier, it answers 400 or 404 in JSON, never 500."""

from urllib.parse import quote

import pytest

from tests.factories import make_admin, make_departement, make_guide, make_home, make_news, make_session

pytestmark = pytest.mark.django_db

HUGE = "9" * 20
LISTS = ("pages/", "departements/", "sessions/")
NO_NUMBER = [
    "-1",
    "abc",
    "1.5",
    "1e309",
    "NaN",
    "\uff11\uff12",
    "\u00b2",
    "1_000",
    " 1",
    "",
    HUGE,
    "0x0",
    "9223372036854775808",
]
# What a column, a search or a parser may choke on.
HOSTILE = [
    "'",
    '"',
    '"a',
    "' OR 1=1--",
    "'||(select 1)||'",
    "pg_sleep(5)",
    "a:*",
    "&!|",
    "*",
    "(" * 200,
    "a OR " * 150,
    "<script>alert(1)</script>",
    "{{7*7}}",
    "../../etc/passwd",
    "\u202e",
    "e\u0301",
    "\U0001f600",
    "%",
    "_",
    "\\",
    HUGE,
]
UNREADABLE = ["%00", "%ff", "%c0%ae", "%ed%a0%80", "%zz", "%1b[31m", "%0d%0a"]


def bad(client, path, *statuses):
    response = client.get(f"/api/v2/{path}")
    assert response.status_code in (statuses or (400,)), (path, response.status_code)
    if not path.endswith(tuple(UNREADABLE)):  # those are refused before any view
        assert response["Content-Type"] == "application/json"
        assert response.json()["message"]


@pytest.mark.parametrize("listing", LISTS)
@pytest.mark.parametrize("parameter", ["limit", "offset"])
def test_a_number_that_is_none_is_refused(client, listing, parameter):
    for value in NO_NUMBER:
        bad(client, f"{listing}?{parameter}={quote(value)}")


@pytest.mark.parametrize("listing", LISTS)
def test_the_length_of_a_list_is_bounded(client, listing):
    bad(client, f"{listing}?limit=0")
    bad(client, f"{listing}?limit=101")
    assert client.get(f"/api/v2/{listing}?offset=999999999").json()["items"] == []


@pytest.mark.parametrize(
    "fields",
    [
        "*(*)",
        "parent(parent(parent(*)))",
        "(" * 60,
        "a(" * 400,
        "unknown",
        "owner",
        "live_revision",
        "password",
        "draft_title",
        "online_url",
        "_,x.y",
        "title,*",
        "title,,slug",
        "-*",
        "*,title",
        " title",
        "x" * 900,
        "title," * 200,
    ],
)
@pytest.mark.parametrize("listing", LISTS)
def test_fields_that_do_not_exist_are_refused(client, listing, fields):
    bad(client, f"{listing}?fields={quote(fields)}")


def test_a_field_may_be_taken_away(client):
    page = make_home()

    assert "title" not in client.get(f"/api/v2/pages/{page.pk}/?fields=-title").json()
    assert client.get("/api/v2/pages/?fields=_").json()["items"] == [{}]


@pytest.mark.parametrize(
    "kind", ["auth.User", "accounts.User", "wagtailusers.UserProfile", "x", "", ",", "events.InfoSession", "a.b,c.d"]
)
def test_a_type_that_is_not_one_of_ours_is_refused(client, kind):
    bad(client, f"pages/?type={kind}")


def test_a_hundred_types_are_one(client):
    make_news()

    assert client.get(f"/api/v2/pages/?type={','.join(['news.NewsPage'] * 60)}").json()["meta"]["total_count"] == 1
    bad(client, f"pages/?type={','.join(['news.NewsPage'] * 200)}")


@pytest.mark.parametrize("parameter", ["child_of", "descendant_of"])
def test_a_page_that_is_private_a_draft_or_absent_has_nothing_under_it(client, parameter):
    private, draft = make_news(), make_news(live=False)
    private.view_restrictions.create(restriction_type="login")

    answers = {
        client.get(f"/api/v2/pages/?{parameter}={key}").content for key in (private.pk, draft.pk, 10**8, 10**9 - 1)
    }

    assert len(answers) == 1
    for value in [*NO_NUMBER, str(private.pk)]:
        bad(client, f"pages/?{parameter}={quote(value)}")


@pytest.mark.parametrize("day", ["abc", "2026-02-30", "0000-00-00", "10000-01-01", "0001-01-01", "20260101", "2026-W1"])
@pytest.mark.parametrize(
    "path",
    [
        "pages/?published_after=",
        "pages/?published_before=",
        "sessions/?starts_after=",
        "sessions/?starts_before=",
    ],
)
def test_a_day_that_is_none_is_refused(client, path, day):
    bad(client, f"{path}{day}")


@pytest.mark.parametrize(
    "order", ["random", "password", "owner__password", "-slug,slug", "title,-title", "--title", ""]
)
@pytest.mark.parametrize("listing", LISTS)
def test_an_order_that_is_none_is_refused(client, listing, order):
    bad(client, f"{listing}?order={order}")
    bad(client, f"{listing}?order={','.join(['title'] * 100)}")


@pytest.mark.parametrize(
    "query",
    [
        "first_published_at=abc",
        "title=a",
        "locale=fr",
        "site=localhost:abc",
        "translation_of=1",
        "alias_of=1",
        "ancestor_of=1",
        "search_operator=xor",
        "rich_text_format=db_html",
        "version=draft",
        "preview=1",
        "format=api",
        "format=html",
        "a[]=1",
    ],
)
def test_a_parameter_that_is_not_offered_is_refused(client, query):
    for path in (*LISTS, f"pages/{make_home().pk}/", "pages/find/"):
        bad(client, f"{path}?{query}")


@pytest.mark.parametrize(
    "parameter",
    ["pages/?search", "pages/?tag", "pages/?departement", "pages/?slug", "sessions/?search", "sessions/?departement"],
)
def test_any_text_may_be_looked_for(client, parameter):
    make_news(tags=["Vélo"])
    make_session()
    for value in [*HOSTILE, "", " ", "é" * 300]:
        assert client.get(f"/api/v2/{parameter}={quote(value)}").status_code == 200, value
    for value in UNREADABLE:
        bad(client, f"{parameter}={value}")
    bad(client, f"{parameter}={'a' * 1001}")


@pytest.mark.parametrize("parameter", ["when", "audience"])
def test_a_choice_that_is_none_is_refused(client, parameter):
    for value in [*HOSTILE, ""]:
        bad(client, f"sessions/?{parameter}={quote(value)}")


def test_find_says_what_it_did_not_find(client):
    make_home()
    for value in [*NO_NUMBER, "1000000"]:
        bad(client, f"pages/find/?id={quote(value)}", 400, 404)
    for value in [*HOSTILE, "/accueil/", "//evil.example/"]:
        bad(client, f"pages/find/?html_path={quote(value)}", 404)
    bad(client, "pages/find/", 400, 404)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "images/",
        "documents/",
        "media/",
        "images/1/",
        "documents/1/",
        "media/1/",
        "redirects/",
        "docs/",
        "openapi.json",
        "schema/",
        "whoami/",
        "pages/1000000/",
        f"pages/{HUGE}/",
        "pages/abc/",
        "pages/-1/",
        "pages/1/revisions/",
        "departements/1/",
        "departements/ZZZ/",
        "sessions/rien/",
        "sessions/1/",
    ],
)
def test_what_is_not_there_is_not_there(client, path):
    bad(client, path, 404)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_is_written_through_it(client, method):
    news = make_news()
    for path in (*LISTS, f"pages/{news.pk}/", "images/"):
        response = getattr(client, method)(f"/api/v2/{path}", data="{", content_type="application/json")
        assert response.status_code in (403, 404, 405)
    assert client.get(f"/api/v2/pages/{news.pk}/").json()["title"] == news.title


@pytest.mark.parametrize("authorization", ["Basic cDpw", "Bearer null", f"Bearer {'a' * 4000}", "basic", "Token x"])
def test_a_password_is_never_looked_at(client, authorization, django_assert_max_num_queries):
    make_news()
    plain = client.get("/api/v2/pages/")

    with django_assert_max_num_queries(5):
        given = client.get("/api/v2/pages/", headers={"authorization": authorization})

    assert given.status_code == 200
    assert given.content == plain.content
    assert "WWW-Authenticate" not in given


def test_another_site_may_read_and_says_nothing_of_its_visitor(client):
    make_guide()
    for origin in ("https://evil.example", "null"):
        read = client.get("/api/v2/pages/", headers={"origin": origin})
        asked = client.options("/api/v2/pages/", headers={"origin": origin, "access-control-request-method": "DELETE"})

        assert read["Access-Control-Allow-Origin"] == asked["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in {**read.headers, **asked.headers}
        assert "DELETE" not in asked["Access-Control-Allow-Methods"]
        assert not read.cookies


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "*/*", "x", "image/avif;q=0.1," * 40])
def test_the_answer_is_json_whatever_is_preferred(client, accept):
    make_departement()

    response = client.get("/api/v2/departements/", headers={"accept": accept})

    assert response["Content-Type"] == "application/json"
    assert "Vary" not in response


def test_who_is_signed_in_reads_the_same(client, django_user_model):
    make_news()
    private = make_news()
    private.view_restrictions.create(restriction_type="login")
    make_session(publish_at=None)
    paths = ["pages/?fields=*", "sessions/?when=all&fields=*", "departements/", f"pages/{private.pk}/"]
    before = [client.get(f"/api/v2/{path}").content for path in paths]

    client.force_login(make_admin())

    assert [client.get(f"/api/v2/{path}").content for path in paths] == before
