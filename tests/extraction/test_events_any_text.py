"""Events of any text: read without an error, in linear time, and leaving nothing behind."""

import gc
import sys
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.extraction.reading import find_events

WEDNESDAY = date(2018, 3, 28)


# Beside the texts of `test_growth`, which measures all of `extract`.
ADVERSARIAL = [
    "KIM VISITED ", "visit", "visit ", "met, ", "Kim Jong-un’s ", "to be been had ", "İ visited. ",
    "Ann Lee met Bo Li on Monday ", "a two-day visit ended on Monday. ",
]  # fmt: skip


def steps(text: str) -> int:
    """The lines of Python that sense `text` runs, once the caches are warm."""
    find_events(text, WEDNESDAY)
    count = 0

    def trace(*_):
        nonlocal count
        count += 1
        return trace

    measuring = sys.gettrace()  # that of the coverage goes on after it
    sys.settrace(trace)
    try:
        find_events(text, WEDNESDAY)
    finally:
        sys.settrace(measuring)
    return count


@pytest.mark.parametrize("unit", ADVERSARIAL)
def test_work_grows_linearly_with_the_text(unit):
    sentence = (unit * 1_000)[:1_000] + " end.\n"
    assert steps(sentence * 8) < 5 * steps(sentence * 2)


def test_nothing_is_left_to_the_garbage_collector():
    text = (
        "Anna Berg ended her visit to Peru on Monday. She met Pablo Ruiz, Tor Lie said. The talks "
        "were held in Lima after the truce that ended the 1901-04 war.\n"
    )
    find_events(text, WEDNESDAY)
    gc.collect()
    gc.disable()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        find_events(text, WEDNESDAY)
        gc.collect()
        ours = [one for one in gc.garbage if type(one).__module__.startswith("timeline")]
        assert ours == []
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("aAİ .,;:“”\"'’\n1-—visit met said will be on Monday 2018 Kim ")))
def test_any_text_gives_events_in_the_order_of_their_evidence(text):
    found = find_events(text, WEDNESDAY)
    assert [e.start for e in found] == sorted(e.start for e in found)


@given(st.text())
def test_no_text_raises(text):
    assert isinstance(find_events(text, WEDNESDAY), list)
