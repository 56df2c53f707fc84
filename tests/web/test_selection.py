"""The query string: read once, answered everywhere, and never silently dropped."""

import datetime as dt
from dataclasses import FrozenInstanceError

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as some
from hypothesis.extra.django import TestCase

from tests import factories as make
from timeline.models import Event, Timeline
from timeline.selection import Results, Selection, SelectionForm
from timeline.selection.selection import MANY

pytestmark = pytest.mark.django_db


def select(query: str, timeline: Timeline | None = None) -> Selection:
    return form(query, timeline).selection


def form(query: str, timeline: Timeline | None = None) -> SelectionForm:
    return SelectionForm(QueryDict(query), timeline or Timeline.objects.get())


def titles(query: str) -> list[str]:
    return [event.shown_title for event in Results(select(query)).page]


def facet(query: str, parameter: str) -> dict[str, int]:
    found = {MANY[one.field]: one for one in Results(select(query)).facets}
    return {option.value: option.events for option in found[parameter].options}


@pytest.fixture
def harbour(db) -> Timeline:
    """Three events, told by Alice and Bob on two days."""
    opening = make.event(
        "Opening of the harbour", kind="announcement", edtf="2018-05-01", place=make.place("Pier")
    )
    talks = make.event("Talks on fees", kind="talks", edtf="2018-06", status="planned")
    repair = make.event("Repair", kind="other", edtf="", status="possible", summary="New cranes")
    first, second = make.article("2018-05-02"), make.article("2018-05-20")
    make.report(opening, first)
    make.report(talks, second)
    make.report(repair, second)
    make.takes_part(make.actor("Alice"), opening)
    make.takes_part(make.actor("Bob"), talks)
    make.quote("The cranes are old", second, make.actor("Bob"), talks)
    return make.timeline(opening, talks, repair)


def test_events_stand_in_order_of_their_date_and_the_undated_last(harbour):
    assert titles("") == ["Opening of the harbour", "Talks on fees", "Repair"]
    assert titles("sort=newest") == ["Talks on fees", "Opening of the harbour", "Repair"]


def test_what_is_still_ahead_stands_behind_what_has_happened():
    past = make.event("Past", edtf="2018-05-01")
    vague = make.event("Vague plan", edtf="2018/..", status="expected")
    make.timeline(past, vague, make.event("Undated", edtf=""))
    assert titles("") == ["Past", "Vague plan", "Undated"]
    assert titles("sort=newest") == ["Vague plan", "Past", "Undated"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kind=talks", ["Talks on fees"]),
        ("kind=talks&kind=other", ["Talks on fees", "Repair"]),
        ("status=planned", ["Talks on fees"]),
        ("actor=alice", ["Opening of the harbour"]),
        ("place=pier", ["Opening of the harbour"]),
        ("place=-", ["Talks on fees", "Repair"]),
        ("outlet=harbour-news", ["Opening of the harbour", "Talks on fees", "Repair"]),
        ("from=2018-06", ["Talks on fees"]),
        ("to=2018-05", ["Opening of the harbour"]),
        ("from=2018-06-15&to=2018-06-15", ["Talks on fees"]),
        ("q=harbour", ["Opening of the harbour"]),
        ("q=CRANES", ["Talks on fees", "Repair"]),
        ("q=cranes+old", ["Talks on fees"]),
        ("q=bob", ["Talks on fees"]),
        ("kind=talks&actor=alice", []),
        ("known=2018-05-02", ["Opening of the harbour"]),
        ("known=2018-05-01", []),
    ],
)
def test_each_filter_keeps_what_it_names(harbour, query, expected):
    assert titles(query) == expected


def test_a_facet_counts_under_every_filter_but_its_own(harbour):
    assert facet("kind=talks", "kind") == {"talks": 1, "announcement": 1, "other": 1}
    assert facet("kind=talks", "actor") == {"alice": 0, "bob": 1}


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("from=yesterdayish", "from"),
        ("to=2018-02-30", "to"),
        ("from=2018-06&to=2018-05", "to"),
        ("from=2018-01/2018-02", "from"),
        ("from=2018&from=2019", "from"),
        ("kind=nonsense", "kind"),
        ("kind=talks&kind=nonsense", "kind"),
        ("status=happened", "status"),
        ("actor=nobody", "actor"),
        ("place=nowhere", "place"),
        ("outlet=nothing", "outlet"),
        ("known=soon", "known"),
        ("known=2018-02-30", "known"),
        ("known=9999-12-31", "known"),
        ("known=0001-01-01", "known"),
        ("page=-1", "page"),
        ("page=0", "page"),
        ("page=²", "page"),
        ("page=99999999999999999999", "page"),
        ("sort=sideways", "sort"),
        ("view=upside-down", "view"),
        ("focus=nothing", "focus"),
        ("q=" + "x" * 10_240, "q"),
        ("actor=" + "x" * 10_240, "actor"),
        ("q=a+b+c+d+e+f+g+h+i+j+k", "q"),
        ("q=%00", "q"),
        ("actor=%00", "actor"),
    ],
)
def test_a_value_that_cannot_be_read_is_an_error_and_selects_nothing(harbour, query, parameter):
    assert [field.html_name for field in form(query).wrong_fields] == [parameter]
    assert titles(query) == []


def test_a_parameter_of_somebody_else_changes_nothing(harbour):
    assert form("utm_source=mail").errors == {}
    assert len(titles("utm_source=mail")) == 3


def test_the_url_of_a_selection_selects_the_same_again(harbour):
    query = "q=cranes&kind=talks&kind=other&actor=bob&from=2018-05&known=2018-05-20&sort=newest"
    first = select(query)
    again = select(first.url().removeprefix("?"))
    assert again == first
    assert again.url() == first.url()


def test_two_dates_for_one_side_of_the_range_are_no_filter(harbour):
    assert select("from=2018&from=2019").chips == []


def test_a_selection_cannot_change(harbour):
    first = select("kind=talks&from=2018-05")
    assert hash(first) == hash(select("kind=talks&from=2018-05"))
    with pytest.raises(FrozenInstanceError):
        first.page = 2


def test_a_field_that_could_not_be_read_is_described_by_its_error(harbour):
    wrong = form("from=x&q=%00&kind=nonsense")
    assert [(field.label, field.aria_describedby) for field in wrong.wrong_fields] == [
        ("Search these events", "q-error"),
        ("Kind", "kind-error"),
        ("From", "range-hint from-error"),
    ]


def test_changing_a_filter_returns_to_the_first_page(harbour):
    assert "page" not in select("page=2&kind=talks").url(kind=None)
    assert "page=3" in select("page=2&kind=talks").url(page=3)


def test_each_chip_is_the_way_out_of_its_filter(harbour):
    chips = {chip.label: chip.url for chip in select("kind=talks&actor=bob&from=2018-05").chips}
    assert chips == {
        "Talks": "?actor=bob&from=2018-05",
        "Bob": "?kind=talks&from=2018-05",
        "from May 2018": "?kind=talks&actor=bob",
    }


def test_hindsight_leaks_through_no_filter():
    opening = make.event(
        "Opening", edtf="2018-06-12", place=make.place("Pier"), summary="The crane fell."
    )
    early, late = make.article("2018-05-02"), make.article("2018-06-13")
    make.report(opening, early, edtf="2018-05", status="planned")
    make.report(opening, late, exact="the crane fell at once")
    make.takes_part(make.actor("Carol"), opening)
    make.quote("It simply fell", late, make.actor("Carol"), opening)
    make.timeline(opening)
    assert titles("known=2018-05-02") == ["Opening"]
    for hindsight in (
        "place=pier",
        "actor=carol",
        "q=crane",
        "q=fell",
        "q=carol",
        "status=occurred",
        "from=2018-06",
    ):
        assert titles(f"known=2018-05-02&{hindsight}") == [], hindsight
        assert titles(hindsight) == ["Opening"], hindsight


def test_drafts_are_in_no_list_and_no_count(harbour):
    draft = make.event("Draft", published=False)
    make.report(draft, make.article("2018-05-03"))
    harbour.events.add(draft)
    results = Results(select(""))
    assert (results.total, results.count) == (3, 3)
    assert "2018-05-03" not in [str(known_day.day) for known_day in results.known_days]


@pytest.mark.parametrize("query", ["actor=mallory", "place=cellar", "outlet=secret-press"])
def test_what_only_a_draft_names_is_not_there(harbour, query):
    draft = make.event("Draft", published=False, place=make.place("Cellar"))
    make.report(draft, make.article("2018-05-03", outlet=make.outlet("Secret Press")))
    make.takes_part(make.actor("Mallory"), draft)
    harbour.events.add(draft)
    assert [field.html_name for field in form(query).wrong_fields] == [query.partition("=")[0]]
    assert select(query).chips == []


def test_the_stepper_stops_on_each_day_of_publication(harbour):
    known_days = Results(select("known=2018-05-10")).known_days
    assert [
        (str(known_day.day), known_day.articles, known_day.events) for known_day in known_days
    ] == [
        ("2018-05-02", 1, 1),
        ("2018-05-20", 2, 3),
    ]
    assert [(known_day.is_current, known_day.is_later) for known_day in known_days] == [
        (True, False),
        (False, True),
    ]


def test_the_chart_counts_what_the_list_shows(harbour):
    results = Results(select("kind=announcement&kind=other"))
    histogram = results.histogram
    assert [(one.edtf, one.counts) for one in histogram.bins if one.counts] == [
        ("2018-05", {"occurred": 1})
    ]
    assert histogram.undated == {"possible": 1}
    assert histogram.earlier == {}


def test_a_date_wider_than_a_month_is_a_span_and_counted_in_none():
    make.report(make.event(edtf="2018-04/2018-06"), make.article("2018-04-02"))
    make.timeline(*Event.objects.all())
    histogram = Results(select("")).histogram
    assert [one.counts for one in histogram.bins] == [{}] * 6
    assert [(span.first, span.last) for span in histogram.spans] == [(3, 5)]


def test_what_lies_before_the_first_article_s_year_is_earlier():
    make.report(make.event(edtf="1950/1953"), make.article("2018-04-02"))
    make.timeline(*Event.objects.all())
    assert Results(select("")).histogram.earlier == {"occurred": 1}


def test_the_number_of_queries_does_not_grow_with_the_events(
    harbour, django_assert_max_num_queries
):
    for number in range(60):
        more = make.event(f"More {number}", place=make.place("Pier"))
        make.report(more, make.article("2018-05-02", f"More {number}"))
        make.takes_part(make.actor("Alice"), more)
        harbour.events.add(more)
    with django_assert_max_num_queries(20):
        results = Results(select("known=2018-05-20"))
        assert len(list(results.page)) == 50
        for event in results.page:
            assert [one.article.outlet.name for one in event.known_reports]
            assert [one.actor.name for one in event.shown_participations] or event.shown_title
        assert results.facets
        assert results.known_days
        assert results.histogram.bins


class AnyQuery(TestCase):
    """Hypothesis over the whole query string."""

    @settings(max_examples=60)
    @given(
        some.dictionaries(
            some.sampled_from(
                ["q", "kind", "status", "actor", "place", "outlet", "from", "to", "known", "page"]
            ),
            some.text(max_size=30),
        )
    )
    def test_any_query_string_is_answered(self, query):
        timeline = make.timeline()
        typed = QueryDict(mutable=True)
        typed.update(query)
        selection = SelectionForm(typed, timeline).selection
        results = Results(selection)
        assert results.count == 0
        assert isinstance(selection.url(), str)
        assert selection.today >= dt.date(2024, 1, 1)


def test_of_very_many_values_those_with_most_events_are_offered_and_the_others_told(
    client, harbour, monkeypatch
):
    monkeypatch.setattr("timeline.selection.facets.MOST", 9)
    for number in range(12):
        event = make.event(f"More {number}")
        make.report(event, make.article("2018-05-02", f"More {number}"))
        make.takes_part(make.actor(f"Actor {number:02}"), event)
        make.takes_part(make.actor("Everywhere"), event)
        harbour.events.add(event)
    facets = {one.field: one for one in Results(select("actor=actor-11")).facets}
    offered = [one.label for one in facets["actors"].options]
    assert offered[0] == "Everywhere"
    assert "Actor 11" in offered  # chosen, though others have as many
    assert facets["actors"].left_out == 15 - len(offered)  # with Alice and Bob
    page = client.get("/timelines/harbour/").content.decode()
    assert "with fewer events: search for a name above." in page
