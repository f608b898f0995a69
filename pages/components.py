"""A library of template components: one tag each, drawn by the template of the same name in `templates/components/`."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import template

Context = dict[str, Any]
Items = Iterable[Mapping[str, Any]]


class ComponentLibrary(template.Library):
    def component(self, tag: Callable[..., Context]) -> Callable[..., Context]:
        """Registers a tag drawn by the template that has its name."""
        return self.inclusion_tag(f"components/{tag.__name__}.html")(tag)
