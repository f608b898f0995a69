"""The questions of an interview as a form: whole, or one answer at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict

from accompaniment import diagnostics
from accompaniment.diagnostics import StaleError, Typed
from accompaniment.models import Answer, Diagnostic, Question
from association.models import Sector


@dataclass
class Entry:
    """A question on the page: its field, what was seen of its answer, and what another tab wrote meanwhile."""

    question: Question
    field: forms.BoundField
    seen: forms.BoundField
    other: Answer | None = None


class InterviewForm(forms.Form):
    """A field for each question, `q-<code>`, and what the page showed of its answer, `v-<code>`."""

    def __init__(self, diagnostic: Diagnostic, data: Any = None, *, only: str | None = None) -> None:
        super().__init__(data)
        self.diagnostic = diagnostic
        self.answers = {answer.question_id: answer for answer in diagnostic.answers.all()}
        questions = diagnostic.grid.questions.all()
        self.questions = [question for question in questions if only in {None, question.code}]
        self.others: dict[str, Answer] = {}
        sectors = list(Sector.objects.order_by("name").values_list("name", flat=True))
        for question in self.questions:
            answer = self.answers.get(question.pk)
            text = answer.text if answer else ""
            field = _field(question, text, sectors)
            field.initial = text.splitlines() if question.kind == Question.Kind.SECTOR else text
            self.fields[f"q-{question.code}"] = field
            self.fields[f"v-{question.code}"] = forms.CharField(
                required=False, widget=forms.HiddenInput, initial=diagnostics.seen_of(answer), max_length=60
            )

    def entries(self) -> Iterator[Entry]:
        for question in self.questions:
            code = question.code
            yield Entry(question, self[f"q-{code}"], self[f"v-{code}"], self.others.get(code))

    def typed(self, question: Question) -> Typed:
        value = self.cleaned_data.get(f"q-{question.code}", "")
        text = "\n".join(value) if isinstance(value, list) else value
        return Typed(question.code, text, self.cleaned_data.get(f"v-{question.code}", ""))

    def save(self, *, now: datetime) -> bool:
        """Keeps each answer that can be; whether all were. What another tab wrote is shown beside what was typed."""
        self.is_valid()
        for question in self.questions:
            name = f"q-{question.code}"
            if name not in self.cleaned_data:
                continue  # refused by its field, which says why
            try:
                answer = diagnostics.save(self.diagnostic, self.typed(question), now=now)
            except StaleError as stale:
                self.others[question.code] = stale.answer
                self._see(question, stale.answer, keeps=name)
            except ValidationError as refusal:
                if refusal.code == "finished":
                    self.add_error(None, refusal)
                    return False
                self.add_error(name, refusal)
            else:
                self._see(question, answer)
        return not self.errors and not self.others

    def _see(self, question: Question, answer: Answer, *, keeps: str = "") -> None:
        """The page now shows this answer, or what was typed beside it: what is sent next may take its place."""
        sent: Any = self.data
        data = MultiValueDict(dict(sent.lists()))
        data[f"v-{question.code}"] = diagnostics.seen_of(answer if answer.pk else None)
        if name := "" if keeps else f"q-{question.code}":
            data.setlist(name, answer.text.splitlines() if question.kind == Question.Kind.SECTOR else [answer.text])
        self.data = data


def _field(question: Question, text: str, sectors: list[str]) -> forms.Field:
    facts: dict[str, Any] = {"label": question.label, "help_text": question.help, "required": False}
    if question.kind == Question.Kind.SECTOR:
        known = [*sectors, *(name for name in text.splitlines() if name not in sectors)]
        choices = [(name, name) for name in known]
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **facts)
    if question.kind == Question.Kind.CHOICE:
        known = [*question.choices, *([text] if text and text not in question.choices else [])]
        choices = [("", "Pas de réponse"), *((name, name) for name in known)]
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **facts)
    return forms.CharField(widget=forms.Textarea(attrs={"rows": 5}), **facts)
