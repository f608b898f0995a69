"""Tables that are read on a page and leave as a file: CSV as French spreadsheets open it, or XLSX."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from accounts.spreadsheets import as_text

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# Without it, a spreadsheet takes the accents for another alphabet's.
BOM = "\ufeff"

Cell = str | int | Decimal


@dataclass(frozen=True)
class Sheet:
    """A table: `code` is its name in addresses and files, `meaning` what its figures count."""

    code: str
    title: str
    headers: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    meaning: str = ""


def download(sheet: Sheet, file_format: str) -> HttpResponse:
    content = _csv(sheet) if file_format == "csv" else _xlsx(sheet)
    answer = HttpResponse(content, content_type=FORMATS[file_format])
    answer["Content-Disposition"] = f'attachment; filename="{sheet.code}.{file_format}"'
    return answer


def _csv(sheet: Sheet) -> bytes:
    text = StringIO()
    writer = csv.writer(text, delimiter=";")
    for row in (sheet.headers, *sheet.rows):
        writer.writerow([_written(cell) for cell in row])
    return f"{BOM}{text.getvalue()}".encode()


def _written(cell: Cell) -> str | int:
    """A sum of money takes a comma, as French spreadsheets read it."""
    if isinstance(cell, Decimal):
        return str(cell).replace(".", ",")
    return cell if isinstance(cell, int) else as_text(cell)


def _xlsx(sheet: Sheet) -> bytes:
    book = Workbook(write_only=True)
    page = book.create_sheet(sheet.code[:31])

    def drawn(value: Cell) -> Any:
        if not isinstance(value, str):
            return value
        cell = WriteOnlyCell(page, ILLEGAL_CHARACTERS_RE.sub("", value))
        cell.data_type = "s"  # what looks like a formula is text
        return cell

    for row in (sheet.headers, *sheet.rows):
        page.append([drawn(value) for value in row])
    content = BytesIO()
    book.save(content)
    return content.getvalue()
