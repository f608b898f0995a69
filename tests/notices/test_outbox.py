"""Messages to people: never lost, never sent twice, and nothing in them but what we wrote."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from association.models import Identity
from errands import work
from errands.models import Errand
from home import upkeep
from notices import outbox
from notices.models import Notice, State
from tests.factories import make_user
from tests.notices.smtp import MailServer, free_port

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture(autouse=True)
def _who_we_are():
    Identity.objects.create(name="Zoé & Cie", address="3 rue du Port", postcode="93100", city="Saint-Aubin")


def put(**changes):
    return outbox.put(**{"kind": "trial", "to": "ada@example.org", "template": "trial"} | changes)


@pytest.fixture
def post(settings):
    """A real mail server, which is not there until it is started on this port."""
    port = free_port()
    options = {"host": "127.0.0.1", "port": port, "timeout": 2}
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}
    return port


def later(minutes):
    return timezone.now() + timedelta(minutes=minutes)


def test_a_message_is_sent_as_text_and_as_html_then_its_text_is_forgotten(settings):
    notice = put(person=make_user())

    work.run_due()

    [sent] = mail.outbox
    assert sent.subject == "Un message d’essai de Zoé & Cie"
    assert sent.to == ["ada@example.org"]
    assert "le site sait envoyer ses messages." in sent.body
    assert sent.body.endswith("-- \nZoé & Cie\n3 rue du Port\n93100 Saint-Aubin\n")
    [(html, kind)] = sent.alternatives
    assert kind == "text/html"
    assert f'href="{settings.WAGTAILADMIN_BASE_URL}/"' in html
    assert "Zoé &amp; Cie" in html
    assert not re.search(r"<img|<style|style=|<script|src=", html)
    notice.refresh_from_db()
    assert (notice.text, notice.html) == ("", "")
    assert notice.sent_at
    assert str(notice) == "Un message d’essai de Zoé & Cie, à ada@example.org"


def test_it_leaves_with_the_transaction_that_wrote_it(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        put()

    assert len(mail.outbox) == 1


def test_a_transaction_that_fails_sends_nothing():
    with transaction.atomic():
        put()
        transaction.set_rollback(True)

    work.run_due()

    assert mail.outbox == []
    assert not Notice.objects.exists()


def test_the_same_key_is_sent_once():
    first, second, other = put(key="invitation 1"), put(key="invitation 1"), put(key="invitation 2")

    work.run_due()
    again = put(key="invitation 1")
    work.run_due()

    assert first == second == again != other
    assert len(mail.outbox) == 2


def test_an_errand_done_twice_sends_once():
    notice = put()

    outbox.send(notice.reference)
    outbox.send(notice.reference)
    outbox.send("unknown")

    assert len(mail.outbox) == 1


def test_a_message_waits_for_the_mail_server_and_arrives_once(post):
    notice = put()

    work.run_due()
    work.run_due(later(3))
    assert Notice.objects.get().sent_at is None
    assert Errand.objects.get().error == "ConnectionRefusedError"
    with MailServer(post) as server:
        work.run_due(later(60))
        work.run_due(later(600))

    [arrived] = server.mails
    assert arrived["Message-ID"] == f"<{notice.reference}@localhost>"
    assert arrived["Subject"] == "Un message d’essai de Zoé & Cie"
    assert arrived["Auto-Submitted"] == "auto-generated"
    assert arrived.get_body(["plain"]).get_content().startswith("Bonjour,")
    assert Notice.objects.get().sent_at


def test_it_waits_for_as_long_as_it_takes(post):
    put()

    for day in range(10):
        work.run_due(later(1440 * day))

    assert Errand.objects.pending().count() == 1
    assert outbox.count_late(later(59)) == 0
    assert outbox.count_late(later(61)) == 1


def test_a_message_that_waits_for_an_hour_is_told_of(post, caplog):
    put()

    done, failed = upkeep.run_due(later(61))

    assert (done["messages late"], failed) == (1, [])
    assert "more than an hour: 1" in caplog.text


@pytest.mark.parametrize("answers", [{"RCPT": "451 later"}, {"DATA": "452 full"}, {"MAIL": "421 busy"}])
def test_a_server_that_says_later_is_asked_later(post, answers):
    put()

    with MailServer(post, **answers) as server:
        work.run_due()
        assert Errand.objects.pending().count() == 1
        server.answers = {}
        work.run_due(later(60))

    assert len(server.mails) == 1


@pytest.mark.parametrize("answers", [{"RCPT": "550 nobody"}, {"DATA": "554 no"}])
def test_a_message_that_is_refused_for_good_is_given_up_and_seen(post, answers, caplog):
    put()

    with MailServer(post, **answers) as server:
        for hour in range(10):
            work.run_due(later(180 * hour))

    assert server.mails == []
    assert Errand.objects.get().given_up_at
    assert Errand.objects.get().error == "RefusedByServerError"
    assert "ada@example.org" not in Errand.objects.get().error


NASTY = ["x\r\nBcc: eve@example.org", "x\n\nhttps://evil.example/\n\n", "\u202emoc.elpmaxe", "\x00\x1b[31m", "<b>x</b>"]


@pytest.mark.parametrize("name", NASTY)
def test_a_name_opens_no_header_no_button_and_no_markup(name):
    put(context={"association": Identity(name=name)})

    work.run_due()

    [sent] = mail.outbox
    raw = sent.message()
    assert raw["Bcc"] is None
    assert "\n" not in sent.subject
    assert "\u202e" not in sent.subject
    [(html, _kind)] = sent.alternatives
    assert "https://evil.example/" not in re.findall(r'href="([^"]*)"', html)
    assert "<b>x</b>" not in html
    assert "\x00" not in sent.body


@pytest.mark.parametrize(
    "to", ["", "ada", "ada@example.org\nBcc: eve@example.org", "a@b.fr, c@d.fr", "x" * 400 + "@b.fr"]
)
def test_an_address_that_is_not_one_is_refused(to):
    with pytest.raises(ValidationError):
        put(to=to)


def test_a_key_put_by_two_processes_at_once_is_put_once():
    """The second looked before the first wrote."""
    put(key="k")
    asked = []

    def hide_the_first(execute, sql, params, many, context):
        if not asked and "notices_notice" in sql and sql.startswith("SELECT"):
            asked.append(sql)
            return execute(sql.replace("WHERE", "WHERE 1=0 AND"), params, many, context)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(hide_the_first):
        put(key="k")

    assert Notice.objects.count() == 1


def test_the_command_puts_a_message_like_any_other(capsys):
    call_command("try_mail", "ada@example.org")
    work.run_due()

    assert len(mail.outbox) == 1
    assert capsys.readouterr().out.startswith("Put in the outbox: ")


CALENDAR = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:PUBLISH\r\nSUMMARY:R\xc3\xa9union\r\nEND:VCALENDAR\r\n"


@pytest.mark.parametrize("method", ["PUBLISH", "REQUEST", "CANCEL"])
def test_a_calendar_file_is_attached_and_forgotten(post, method):
    notice = put(calendar=CALENDAR.replace(b"PUBLISH", method.encode()))

    with MailServer(post) as server:
        work.run_due()

    [part] = server.mails[0].iter_attachments()
    assert (part.get_content_type(), part.get_filename()) == ("text/calendar", "invite.ics")
    assert part["Content-Type"].params["method"] == method
    assert part["Content-Type"].params["charset"] == "utf-8"
    assert part.get_payload(decode=True) == CALENDAR.replace(b"PUBLISH", method.encode())
    assert server.mails[0].get_body(["html"])
    notice.refresh_from_db()
    assert notice.calendar == ""


def test_the_log_of_a_thing_says_what_was_sent_waits_or_was_given_up(post):
    for to in ("sent@example.org", "refused@example.org", "waits@example.org"):
        put(to=to, about="abc")
        with MailServer(post, **{"RCPT": "550 nobody"} if to.startswith("refused") else {}):
            for hour in range(10 if to.startswith("refused") else 1):
                if not to.startswith("waits"):
                    work.run_due(later(180 * hour))
    put(to="other@example.org", about="def")

    log = outbox.log_about("abc")

    assert [(notice.recipient, notice.state_in_words) for notice in log] == [
        ("waits@example.org", "en attente"),
        ("refused@example.org", "abandonné"),
        ("sent@example.org", "envoyé"),
    ]
    assert [len(Notice.objects.in_state(state).about("abc")) for state in State] == [1, 1, 1]


def test_what_was_given_up_waits_no_more(post):
    put()
    with MailServer(post, RCPT="550 nobody"):
        for hour in range(10):
            work.run_due(later(180 * hour))

    assert outbox.count_late(later(10_000)) == 0


def test_a_message_about_a_thing_without_a_key_is_put_each_time():
    assert put(about="abc") != put(about="abc")


def test_what_is_nobody_s_any_more_takes_its_log_with_it():
    for about in ("abc", "abc", "def", ""):
        put(about=about)

    assert outbox.forget_about(["abc", ""]) == 2
    work.run_due()

    assert sorted(Notice.objects.values_list("about", flat=True)) == ["", "def"]
    assert len(mail.outbox) == 2


def test_a_message_without_a_key_that_cannot_be_written_is_an_error():
    with pytest.raises(IntegrityError), transaction.atomic():
        outbox._put(Notice(kind="trial", subject="Vers personne"))
