"""What a site does by itself when its time has come: `tick` runs it each minute.

Each job does only what is due and may run twice, or in two processes at once,
without harm. One that fails does not hold the others back.
"""

import logging
from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page, Revision

from errands import minutes, work
from errands.minutes import Job
from home.models import ContactMessage
from notices import outbox
from private_files import uploads

logger = logging.getLogger(__name__)

MESSAGES_ARE_KEPT = timedelta(days=365)
TASK_RESULTS_ARE_KEPT_DAYS = 7


def publish_and_expire(now: datetime) -> int:
    """Scheduled pages come out, expired ones leave: Wagtail's own command, by the real clock."""
    due = Revision.objects.filter(approved_go_live_at__lt=now).count()
    due += Page.objects.filter(live=True, expire_at__lt=now).count()
    if due:
        call_command("publish_scheduled")
    return due


def delete_old_messages(now: datetime) -> int:
    """Messages are kept twelve months, answered or not."""
    deleted, _by_model = ContactMessage.objects.filter(sent_at__lt=now - MESSAGES_ARE_KEPT).delete()
    return deleted


def forget_finished_tasks(now: datetime) -> int:
    """Rows that say how a background task ended."""
    old = DBTaskResult.objects.filter(finished_at__lt=now - timedelta(days=TASK_RESULTS_ARE_KEPT_DAYS))
    deleted, _by_model = old.delete()
    return deleted


def forget_old_logins(now: datetime) -> int:
    deleted, _by_model = Session.objects.filter(expire_date__lt=now).delete()
    return deleted


def tell_of_late_messages(now: datetime) -> int:
    """Those that the mail server has not taken for an hour: who reads the log looks at that server."""
    if late := outbox.count_late(now):
        logger.error("Messages have been waiting for more than an hour: %s", late)
    return late


JOBS: dict[str, Job] = {
    "errands woken": work.wake,
    "done errands forgotten": work.forget_done,
    "messages late": tell_of_late_messages,
    "uploads swept": uploads.sweep,
    "pages published or expired": publish_and_expire,
    "old messages deleted": delete_old_messages,
    "finished tasks forgotten": forget_finished_tasks,
    "ended logins forgotten": forget_old_logins,
}


def all_jobs() -> dict[str, Job]:
    """Those of this module, and those that other applications added."""
    return JOBS | minutes.JOBS


def run_due(now: datetime | None = None, *, jobs: dict[str, Job] | None = None) -> tuple[dict[str, int], list[str]]:
    """Run everything that is due: how many things each job did, and the jobs that failed."""
    now = now or timezone.now()
    done: dict[str, int] = {}
    failed: list[str] = []
    for name, job in (jobs or all_jobs()).items():
        try:
            done[name] = job(now)
        except Exception:
            logger.exception("Upkeep failed: %s", name)
            failed.append(name)
    return done, failed
