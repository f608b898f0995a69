import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from private_files.ranges import NotSatisfiableError, asked_range


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-0", range(1)),
        ("bytes=0-", range(100)),
        ("bytes=90-", range(90, 100)),
        ("bytes=-10", range(90, 100)),
        ("bytes=-500", range(100)),
        ("bytes=10-10000000000000000000000", range(10, 100)),
        ("Bytes=1-2", range(1, 3)),
    ],
)
def test_one_range_is_a_part_of_the_file(header, part):
    assert asked_range(header, size=100) == part


@pytest.mark.parametrize(
    "header",
    ["", "bytes=5-1", "bytes=a-b", "bytes=0x0-1", "bytes=-", "bytes=0-1,3-4", "items=0-1", "bytes=" + "0-," * 1000],
)
def test_several_ranges_and_nonsense_are_the_whole_file(header):
    assert asked_range(header, size=100) is None


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0", "bytes=100000000000000000000-"])
def test_a_range_outside_the_file_cannot_be_satisfied(header):
    with pytest.raises(NotSatisfiableError):
        asked_range(header, size=100)


NUMBER = st.one_of(st.none(), st.integers(0, 200), st.integers(0, 10**50))


@settings(max_examples=300)
@given(first=NUMBER, last=NUMBER, content=st.binary(max_size=150), noise=st.sampled_from(["", " ", ",", "-", "x"]))
def test_what_is_sent_is_always_a_part_of_the_file_that_was_asked_for(first, last, content, noise):
    header = f"bytes={'' if first is None else first}-{'' if last is None else last}{noise}"

    try:
        part = asked_range(header, size=len(content))
    except NotSatisfiableError:
        assert (first is None and last == 0) or (first is not None and first >= len(content))
        return

    if part is not None:
        assert part.step == 1
        assert 0 <= part.start < part.stop <= len(content)
        assert part.start == (max(len(content) - last, 0) if first is None else first)
        if first is not None and last is not None:
            assert part.stop == min(last + 1, len(content))


@settings(max_examples=300)
@given(header=st.text(max_size=60), size=st.integers(0, 1000))
def test_no_header_breaks_the_reading(header, size):
    try:
        part = asked_range(header, size=size)
    except NotSatisfiableError:
        return

    assert part is None or 0 <= part.start < part.stop <= size
