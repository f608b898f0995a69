"""Tables that leave for a spreadsheet: never a formula, sums as sums."""

import csv
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from pages.tables import Sheet, download

NASTY = ["=1+1", "+33", "-1", "@SUM(A1)", "\t=1", "\r=1", "\uff1d1+1"]


def cells(file_format, value):
    answer = download(Sheet("essai", "Essai", ["Valeur"], [[value]]), file_format)
    if file_format == "csv":
        return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";"))[1][0]
    return load_workbook(BytesIO(answer.content)).worksheets[0].cell(2, 1)


@pytest.mark.parametrize("value", NASTY)
def test_no_cell_is_run_as_a_formula(value):
    assert cells("csv", value) == f"'{value}"
    assert cells("xlsx", value).data_type == "s"


def test_sums_of_money_stay_sums():
    assert cells("csv", Decimal("-1050.50")) == "-1050,50"
    assert cells("csv", -3) == "-3"
    cell = cells("xlsx", Decimal("-1050.50"))
    assert (cell.data_type, cell.value) == ("n", -1050.5)


def test_what_a_spreadsheet_cannot_hold_is_left_out():
    assert cells("xlsx", "Zo\x00é").value == "Zoé"
