from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from pages.templatetags import french

MARCH = datetime(2027, 3, 2, 13, tzinfo=UTC)  # 14 h in Paris


def plain(text):
    """Makes no-break spaces visible, so that a test says where they are."""
    return text.replace("\N{NO-BREAK SPACE}", "~")


@pytest.fixture(autouse=True)
def in_paris(settings):
    settings.TIME_ZONE = "Europe/Paris"


@pytest.mark.parametrize(
    ("formatted", "expected"),
    [
        (french.short_date(date(2027, 3, 2)), "2~mars 2027"),
        (french.short_date(date(2026, 12, 1)), "1er~décembre 2026"),
        (french.long_date(MARCH), "mardi 2~mars 2027"),
        (french.moment(MARCH), "mardi 2~mars 2027 à~14~h"),
        (french.moment(MARCH.replace(minute=5)), "mardi 2~mars 2027 à~14~h~05"),
        (french.hours_until(MARCH, MARCH.replace(hour=15, minute=30)), "14~h – 16~h~30"),
        (french.hours_until(MARCH, None), "14~h"),
        (french.month_year(MARCH), "mars 2027"),
        (french.short_month(date(2026, 12, 1)), "déc."),
        (french.weekday(MARCH), "mardi"),
    ],
)
def test_dates_and_hours_are_written_in_full_french(formatted, expected):
    assert plain(formatted) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Decimal("1050.5"), "1~050,50~€"),
        (Decimal("-0.07"), "\N{MINUS SIGN}0,07~€"),
        (9999999, "9~999~999,00~€"),
        (None, ""),
    ],
)
def test_money_is_written_to_the_cent(value, expected):
    assert plain(french.euros(value)) == expected


def test_a_late_evening_in_utc_is_already_the_next_day_in_paris():
    assert plain(french.long_date(datetime(2026, 12, 31, 23, 30, tzinfo=UTC))) == "vendredi 1er~janvier 2027"


@pytest.mark.parametrize(
    "filter_",
    [
        french.short_date,
        french.long_date,
        french.hour,
        french.moment,
        french.month_year,
        french.short_month,
        french.weekday,
    ],
)
def test_a_missing_date_is_written_as_nothing(filter_):
    assert filter_(None) == ""


@pytest.mark.parametrize(
    ("octets", "expected"),
    [
        (None, ""),
        (0, ""),
        (12, "1~Ko"),
        (839_600, "840~Ko"),
        (1_200_000, "1,2~Mo"),
        (2_000_000, "2~Mo"),
        (1_250_000_000, "1~250~Mo"),
    ],
)
def test_a_weight_has_a_unit_and_at_most_one_decimal(octets, expected):
    assert plain(french.file_size(octets)) == expected


@pytest.mark.parametrize(
    ("seconds", "expected", "machine"),
    [
        (None, "", ""),
        (45, "45~s", "PT0M45S"),
        (112, "1~min~52", "PT1M52S"),
        (120.2, "2~min", "PT2M0S"),
        (3900, "1~h~05", "PT65M0S"),
        (7200, "2~h", "PT120M0S"),
    ],
)
def test_a_duration_is_written_for_people_and_for_machines(seconds, expected, machine):
    assert plain(french.duration(seconds)) == expected
    assert french.iso_duration(seconds) == machine


@pytest.mark.parametrize(
    ("value", "expected"), [(0, "0~place"), (1, "1~place"), (2, "2~places"), (1200, "1~200~places")]
)
def test_nought_and_one_take_the_singular(value, expected):
    assert plain(french.count_of(value, "place")) == expected


def test_an_irregular_plural_is_given_after_a_comma():
    assert plain(french.count_of(2, "offre d’emploi,offres d’emploi")) == "2~offres d’emploi"


@pytest.mark.parametrize(
    ("value", "expected"), [(None, ""), (1200, "1~200"), (12.5, "12,5"), (Decimal("12.50"), "12,5"), (40, "40")]
)
def test_numbers_have_french_separators(value, expected):
    assert plain(french.number(value)) == expected


@pytest.mark.parametrize(
    ("words", "expected"), [("octobre 2026", "d’octobre 2026"), ("mars 2027", "de mars 2027"), ("", "de ")]
)
def test_the_preposition_is_elided_before_a_vowel(words, expected):
    assert french.of(words) == expected


@pytest.mark.parametrize(
    ("typed", "shown", "link"),
    [
        ("0199001234", "01~99~00~12~34", "tel:+33199001234"),
        ("01 99 00 12 34", "01~99~00~12~34", "tel:+33199001234"),
        ("+33 1 99 00 12 34", "+33 1 99 00 12 34", "tel:+33199001234"),
    ],
)
def test_a_telephone_number_is_read_two_by_two_and_dialled_from_anywhere(typed, shown, link):
    assert plain(french.telephone(typed)) == shown
    assert french.telephone_link(typed) == link


@pytest.mark.parametrize(
    ("name", "expected"), [("Nour Belkacem", "NB"), ("Élise", "É"), ("", ""), ("Ana de la Rue", "AR")]
)
def test_initials_are_those_of_the_first_and_last_words(name, expected):
    assert french.initials(name) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [([], ""), (["Paris"], "Paris"), (["Paris", "Essonne", "Yvelines"], "Paris, Essonne et Yvelines")],
)
def test_a_list_is_read_as_a_sentence(words, expected):
    assert french.sentence_list(words) == expected
