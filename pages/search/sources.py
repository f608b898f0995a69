"""What the search finds besides pages: rows of a model that another app declares when it starts."""

from dataclasses import dataclass
from typing import Protocol

from django.db.models import Model, QuerySet
from django.urls import reverse

from pages.models import SearchEntry


class Searchable(Protocol):
    """A row that says what the search reads of it, in an unsaved entry with the kind and the key of its source."""

    def search_entry(self) -> SearchEntry: ...


@dataclass(frozen=True)
class Source:
    """A model whose rows are found under one kind.

    Its manager has `open_to_all()`, which says what anybody may see now; `key`
    is the field that names a row, in entries and in the address `view`.
    """

    kind: str
    model: type[Model]
    key: str
    view: str

    def open_keys(self) -> QuerySet:
        return self.model.objects.open_to_all().values(self.key)  # type: ignore[attr-defined]  # said by the class above

    def address(self, key: str) -> str:
        return reverse(self.view, args=[key])


sources: dict[str, Source] = {}


def register(kind: str, *, model: type[Model], key: str, view: str) -> None:
    sources[kind] = Source(kind, model, key, view)
