"""The fields of an answer: where each is read, what it points to, how it is said."""

from collections.abc import Callable, Container, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.utils import timezone

from pages.api import body, rich_text, shapes
from pages.api.library import Library, Wanted, read


class Field:
    """A value said as it is; moments carry their offset from UTC."""

    def __init__(self, source: str) -> None:
        self.source = source

    @property
    def prefetched(self) -> list[str]:
        """What `prefetch_related` is given for a list of things."""
        return []

    def value(self, thing: Any) -> Any:
        return getattr(thing, self.source)

    def needs(self, thing: Any, wanted: Wanted) -> None:
        """Add what the value points to."""

    def say(self, thing: Any, library: Library) -> Any:
        value = self.value(thing)
        return timezone.localtime(value).isoformat() if isinstance(value, datetime) else value


Fields = Mapping[str, Field]


class Choice(Field):
    def say(self, thing: Any, library: Library) -> Any:
        return {"value": self.value(thing), "label": getattr(thing, f"get_{self.source}_display")()}


class RichText(Field):
    def needs(self, thing: Any, wanted: Wanted) -> None:
        rich_text.needs(self.value(thing), wanted)

    def say(self, thing: Any, library: Library) -> Any:
        return rich_text.say(self.value(thing), library)


class Body(Field):
    """A stream field made of `pages.blocks.Body`."""

    def value(self, thing: Any) -> Any:
        return getattr(thing, self.source).raw_data

    def needs(self, thing: Any, wanted: Wanted) -> None:
        body.needs(self.value(thing), wanted)

    def say(self, thing: Any, library: Library) -> Any:
        return body.say(self.value(thing), library)


class Pointer(Field):
    """A foreign key to what the library holds under `kind`."""

    kind: ClassVar[str]

    def value(self, thing: Any) -> Any:
        return getattr(thing, f"{self.source}_id")

    def needs(self, thing: Any, wanted: Wanted) -> None:
        wanted.add(self.kind, self.value(thing))

    def found(self, thing: Any, library: Library) -> Any:
        return getattr(library, self.kind).get(self.value(thing))


class Picture(Pointer):
    kind = "pictures"

    def say(self, thing: Any, library: Library) -> Any:
        return shapes.picture(self.found(thing, library), use="wide")


class Cover(Pointer):
    """The first page of a file, drawn."""

    kind = "files"

    def say(self, thing: Any, library: Library) -> Any:
        file = self.found(thing, library)
        return shapes.picture(library.pictures.get(file.cover_id), use="cover") if file else None


class Film(Pointer):
    kind = "films"

    def say(self, thing: Any, library: Library) -> Any:
        return shapes.film(self.found(thing, library), library)


class Figure(Pointer):
    kind = "figures"

    def say(self, thing: Any, library: Library) -> Any:
        return shapes.figure(self.found(thing, library))


class Related(Field):
    """A related row, or several, each said by one function."""

    def __init__(self, source: str, shape: Callable[[Any], Any], *, many: bool = False) -> None:
        super().__init__(source)
        self.shape = shape
        self.many = many

    @property
    def prefetched(self) -> list[str]:
        return [self.source]

    def say(self, thing: Any, library: Library) -> Any:
        value = self.value(thing)
        return [self.shape(each) for each in value.all()] if self.many else self.shape(value)


class Departements(Related):
    """Where it is about; none means the whole region."""

    def __init__(self) -> None:
        super().__init__("departements", shapes.departement, many=True)

    def say(self, thing: Any, library: Library) -> Any:
        return sorted(super().say(thing, library), key=lambda said: said["code"])


class Tags(Related):
    def __init__(self) -> None:
        super().__init__("tagged_items", lambda link: shapes.tag(link.tag), many=True)

    @property
    def prefetched(self) -> list[str]:
        return ["tagged_items__tag"]

    def say(self, thing: Any, library: Library) -> Any:
        return sorted(super().say(thing, library), key=lambda said: said["name"])


class Group(Field):
    """Fields said together under one name."""

    def __init__(self, fields: Fields) -> None:
        super().__init__("")
        self.fields = fields

    @property
    def prefetched(self) -> list[str]:
        return [lookup for field in self.fields.values() for lookup in field.prefetched]

    def needs(self, thing: Any, wanted: Wanted) -> None:
        for field in self.fields.values():
            field.needs(thing, wanted)

    def say(self, thing: Any, library: Library) -> Any:
        return {name: field.say(thing, library) for name, field in self.fields.items()}

    def only(self, names: Container[str]) -> "Group":
        """The same with some of its fields, and of those that it groups."""
        kept = {name: field.only(names) if isinstance(field, Group) else field for name, field in self.fields.items()}
        return Group({name: field for name, field in kept.items() if name in names or isinstance(field, Group)})


class Said(Field):
    """What a function of the thing says, out of nothing but the thing."""

    def __init__(self, say: Callable[[Any], Any]) -> None:
        super().__init__("")
        self._say = say

    def say(self, thing: Any, library: Library) -> Any:
        return self._say(thing)


def said(things: Sequence[tuple[Any, Group]]) -> list[tuple[shapes.Said, datetime | None]]:
    """Each thing as data, and until when it is true; all that they point to is read at once."""
    wanted = Wanted()
    for thing, group in things:
        group.needs(thing, wanted)
    library = read(wanted)
    items = [group.say(thing, library) for thing, group in things]
    return [(item, library.until) for item in items]
