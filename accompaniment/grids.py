"""The questions of the interview, version by version: a draft is put in force, and never changes again."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify

from accompaniment.models import Grid, Question

FROZEN = "Cette grille a été en vigueur : elle ne change plus. Faites-en une nouvelle version."
MOST_QUESTIONS = 30
COPIED = ("code", "label", "help", "kind", "choices", "position")


def in_force(now: datetime | None = None) -> Grid | None:
    """The grid on which an interview begins now."""
    return Grid.objects.live(now).latest_first().first()


def new_version(grid: Grid) -> Grid:
    """A draft that begins as this grid is; the draft that there already is, where there is one."""
    with transaction.atomic():
        Grid.objects.select_for_update().get(pk=grid.pk)
        if draft := Grid.objects.filter(live_from=None).first():
            return draft
        last = Grid.objects.aggregate(last=Max("number"))["last"]
        draft = Grid.objects.create(number=last + 1)
        Question.objects.bulk_create(
            Question(grid=draft, **{name: getattr(question, name) for name in COPIED})
            for question in grid.questions.all()
        )
    return draft


def write(grid: Grid, questions: Iterable[dict[str, Any]]) -> Grid:
    """All the questions of a draft, in the place of those that it had."""
    with transaction.atomic():
        draft = _draft(grid)
        draft.questions.all().delete()
        rows = [Question(grid=draft, position=place, **question) for place, question in enumerate(questions)]
        _name(rows)
        for row in rows:
            row.full_clean(validate_unique=False)
        Question.objects.bulk_create(rows)
    return draft


def go_live(grid: Grid, *, now: datetime | None = None) -> Grid:
    """From now on interviews begin on it; those that have begun keep the grid they have."""
    with transaction.atomic():
        draft = _draft(grid)
        questions = list(draft.questions.all())
        if not questions:
            raise ValidationError("Une grille a au moins une question : ajoutez-la d’abord.", code="no_question")
        for question in questions:
            if question.kind == Question.Kind.CHOICE and len(question.choices) < 2:
                told = f"« {question.label} » : donnez au moins deux choix possibles."
                raise ValidationError(told, code="no_choice")
        draft.live_from = now or timezone.now()
        draft.save(update_fields=["live_from"])
    return draft


def remove(grid: Grid) -> None:
    """A draft only."""
    with transaction.atomic():
        _draft(grid).delete()


def _draft(grid: Grid) -> Grid:
    """The row as it is now, locked, if it may still change."""
    draft = Grid.objects.select_for_update().get(pk=grid.pk)
    if draft.live_from:
        raise ValidationError(FROZEN, code="frozen")
    return draft


def _name(questions: list[Question]) -> None:
    """Each question has a word of its own in the grid, the one that it had where it can."""
    taken: set[str] = set()
    for question in questions:
        wished = question.code or slugify(question.label)[:26] or "question"
        question.code = next(code for code in (wished, *(f"{wished}-{n}" for n in range(2, 99))) if code not in taken)
        taken.add(question.code)
