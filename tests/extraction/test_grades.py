"""The grade of an event: what a careful editor would put on a timeline stands above the rest."""

from datetime import date

import pytest

from timeline.extraction import extract
from timeline.extraction.grades import LINE, _exactness

FRIDAY = date(2018, 5, 18)
ARTICLE = (
    "Norlak buys the yard of Hult\n\n"
    "Norlak bought the yard of Hult in Lima on Thursday for 30 million dollars.\n\n"
    "Workers who had gathered at the gate cheered as the flag was lowered, holding up a banner "
    "painted by their children.\n\n"
    "The yard, located in the south of the town, will close for repairs on June 3."
)


def graded(text: str, headline: str = "") -> dict[str, float]:
    return {event.title: event.grade for event in extract(text, FRIDAY, headline).events}


def test_the_news_of_an_article_has_the_best_grade_and_an_aside_the_worst():
    grades = graded(ARTICLE)
    assert max(grades, key=grades.__getitem__).startswith("Norlak buys the yard of Hult in Lima")
    assert min(grades, key=grades.__getitem__) == "Workers gather at the gate (Norlak)"
    assert max(grades.values()) > 3 * LINE


@pytest.mark.parametrize(
    ("more", "less"),
    [
        (  # a deed of a main clause, one of a relative clause
            "Norlak sold its yard in Lima on Monday.",
            "A yard which Norlak sold in Lima on Monday was to be seen from the sea.",
        ),
        (  # a day that is told, one that is not
            "The town of Lima shut the harbour bridge on Monday.",
            "The town of Lima shut the harbour bridge.",
        ),
    ],
)
def test_of_two_ways_to_tell_an_event_the_plainer_has_the_better_grade(more, less):
    assert max(graded(more).values()) > max(graded(less).values())


def test_what_the_headline_tells_has_a_better_grade_than_under_another_headline():
    text = "The rain went on.\n\nNorlak sold its yard in Lima on Monday."
    own, other = (
        graded(text, headline)["Norlak sells its yard in Lima"]
        for headline in ("Norlak sells yard in Lima", "Rain over Peru")
    )
    assert own > other


@pytest.mark.parametrize(
    ("when", "exactness"),
    [
        ("on Monday", "day"),
        ("in May 2018", "month"),
        ("in 1998", "year"),
        ("about two weeks ago", "day~/"),
        ("from May 5 to May 9", "day/"),
    ],
)
def test_how_exact_a_date_is_counts_in_a_grade(when, exactness):
    (event,) = extract(f"Norlak sold its yard in Lima {when}.", FRIDAY).events
    (grade,) = [decision for decision in event.decisions if decision.of == "grade"]
    assert f"exactness {exactness} " in grade.rule


@pytest.mark.parametrize(
    ("edtf", "exactness"),
    [(None, ""), ("", ""), ("2018", "year"), ("2018-05-14T10:35:00-05:00", "day")],
)
def test_no_date_is_not_exact_and_a_time_of_day_no_more_than_a_day(edtf, exactness):
    assert _exactness(edtf) == exactness


def test_a_grade_tells_what_it_was_made_of():
    (event,) = extract("Norlak sold its yard in Lima on Monday.", FRIDAY).events
    decision = event.decisions[-1]
    assert (decision.of, decision.value) == ("grade", f"{event.grade:.2f}")
    assert "date own" in decision.rule
    assert "clause main" in decision.rule
    assert [span.exact for span in decision.spans] == ["sold"]
