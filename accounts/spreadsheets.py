"""Lists that leave for a spreadsheet: in French, and never run as a formula."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from wagtail.admin.views.mixins import SpreadsheetExportMixin

# What a spreadsheet takes for a formula, in full-width letters too.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def as_text(value: str) -> str:
    """Text that a spreadsheet would run is marked as text."""
    return f"'{value}" if value.startswith(FORMULA) else value


def _moment(value: datetime) -> str:
    return f"{timezone.localtime(value):%d/%m/%Y %H:%M}"


def _day(value: date) -> str:
    return f"{value:%d/%m/%Y}"


class FrenchExportMixin(SpreadsheetExportMixin):
    """Dates on French clocks, yes and no in words, absent values empty, no formula."""

    custom_value_preprocess = {
        datetime: {SpreadsheetExportMixin.FORMAT_CSV: _moment, SpreadsheetExportMixin.FORMAT_XLSX: timezone.make_naive},
        date: {SpreadsheetExportMixin.FORMAT_CSV: _day, SpreadsheetExportMixin.FORMAT_XLSX: None},
    }

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        return {name: _read(item, name) for name in self.list_export}

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        if value is None or isinstance(value, bool):
            return {True: "oui", False: "non", None: ""}[value]
        written = super().preprocess_field_value(field, value, export_format)
        if export_format == self.FORMAT_CSV and not isinstance(written, int):
            return as_text(str(written))
        return written


def _read(item: Any, path: str) -> Any:
    """`departement.name` of who has no département is nothing."""
    value = item
    for name in path.split("."):
        value = getattr(value, name, None)
        if callable(value):
            value = value()
    return value
