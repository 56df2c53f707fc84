"""A timeline's page: the selection that the address asks for, whole or as a fragment."""

import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories as make
from timeline.models import Timeline

HTMX = {"HX-Request": "true"}
URL = "/timelines/harbour/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def harbour() -> Timeline:
    """The opening, planned in April for June, moved to July and held; and talks never told of."""
    opening = make.event(
        "Harbour opening", edtf="2018-07-01", kind="other", summary="All went well."
    )
    talks = make.event("Harbour talks", edtf="2018-05", status="planned", kind="talks")
    alice, bob = make.actor("Alice"), make.actor("Bob")
    make.takes_part(alice, opening)
    make.takes_part(bob, opening)
    make.takes_part(bob, talks)
    april = make.article("2018-04-02")
    july = make.article("2018-07-02")
    make.report(opening, april, edtf="2018-06", status="planned", exact="to open in June")
    make.report(
        opening,
        july,
        exact="opened on Sunday",
        basis={"date": {"rule": "weekday", "spans": [{"exact": "on Sunday"}]}},
    )
    make.report(talks, april)
    make.quote("We are glad", july, alice, opening)
    return make.timeline(opening, talks)


def page(client: Client, query: str = "", **headers: str) -> str:
    return client.get(URL + query, headers=headers).content.decode()


def titles(html: str) -> list[str]:
    return re.findall(r'class="event__title"[^>]*><a [^>]*>([^<]+)</a>', html)


def figures(html: str) -> dict:
    return json.loads(re.search(r'id="figures"[^>]*>(.*?)</script>', html, re.DOTALL)[1])


def test_the_list_is_in_order_of_time_and_can_be_turned_round(client, harbour):
    assert titles(page(client)) == ["Harbour talks", "Harbour opening"]
    assert titles(page(client, "?sort=newest")) == ["Harbour opening", "Harbour talks"]


def test_the_list_and_the_chart_show_the_same_selection(client, harbour):
    found = page(client, "?kind=talks")
    assert titles(found) == ["Harbour talks"]
    assert [one["edtf"] for one in figures(found)["bins"] if one["counts"]] == ["2018-05"]


def test_the_figures_of_the_chart_stand_in_a_table_too(client, harbour):
    assert '<tr><th scope="row">Jul 2018</th>' in page(client)


def test_a_plan_whose_time_is_over_is_marked_outcome_not_reported(client, harbour):
    found = page(client, "?kind=talks")
    assert "event--unresolved" in found
    assert '<span class="status">Outcome not reported</span>' in found


def test_what_was_planned_on_the_day_in_view_stands_below_the_line(client, harbour):
    found = page(client, "?known=2018-04-02")
    above, below = found.split("Below this line: plans and expectations")
    assert titles(above) == []
    assert titles(below) == ["Harbour talks", "Harbour opening"]


def test_newest_first_puts_the_plans_above_the_line(client, harbour):
    above, below = page(client, "?known=2018-06-30&sort=newest").split("Above this line")
    assert titles(above) == ["Harbour opening"]
    assert titles(below) == ["Harbour talks"]


def test_a_called_off_event_of_the_future_is_not_listed_with_what_happened(client):
    opening = make.event(edtf="2018-07-01", status="cancelled")
    make.report(opening, make.article("2018-04-02"))
    make.timeline(opening)
    assert "Below this line" in page(client, "?known=2018-04-02")
    assert "Below this line" not in page(client, "?known=2018-07-02")


def test_as_known_on_a_day_nothing_of_later_is_on_the_page(client, harbour):
    found = page(client, "?known=2018-04-02")
    for later in ("All went well", "We are glad", "opened on Sunday", "1 Jul", "Alice"):
        assert later not in found


def test_the_day_in_view_is_carried_to_events_and_people(client, harbour):
    found = page(client, "?known=2018-07-02")
    assert 'href="/events/harbour-opening/?timeline=harbour&amp;known=2018-07-02"' in found
    assert 'href="/actors/alice/?known=2018-07-02"' in found


def test_the_stepper_leads_to_each_day_of_publication_and_to_today(client, harbour):
    found = page(client, "?known=2018-04-02&kind=talks")
    assert 'href="?kind=talks&amp;known=2018-07-02"' in found
    assert 'id="stop-today" href="?kind=talks"' in found


def test_many_days_become_a_strip_in_proportion_to_time(client):
    opening = make.event(edtf="2018")
    for day in ("01", "02", "03", "04", "05", "06", "21"):
        make.report(opening, make.article(f"2018-03-{day}"))
    make.timeline(opening)
    places = re.findall(
        r'<li class="tenth-(\d+) hundredth-(\d) thousandth-(\d)', page(client, "?known=2018-03-05")
    )
    at = [
        int(tenths) * 100 + int(hundredths) * 10 + int(rest) for tenths, hundredths, rest in places
    ]
    assert at == [0, 50, 100, 150, 200, 250, 1000]


def test_the_label_of_the_strip_names_the_day_that_its_tick_stands_for(client):
    opening = make.event(edtf="2018")
    for day in ("01", "02", "03", "04", "05", "06", "21"):
        make.report(opening, make.article(f"2018-03-{day}"))
    make.timeline(opening)
    on_a_day = re.search(r'<p class="strip__near.*?</p>', page(client, "?known=2018-03-05"), re.S)[
        0
    ]
    assert "5 articles, 1 event" in on_a_day
    between = page(client, "?known=2018-03-10")
    assert "last report by then" in re.search(r'<p class="strip__near.*?</p>', between, re.S)[0]
    assert '<option value="2018-03-10" selected>' in between
    assert '<option value="2018-03-06" selected>' not in between


def test_before_the_first_report_the_page_says_when_it_came(client, harbour):
    found = page(client, "?known=2017-01-01")
    assert "Nothing had been reported by 1 January 2017" in found
    assert "Go to 2 April 2018" in found


def test_how_do_we_know_marks_the_words_that_were_read(client, harbour):
    found = page(client)
    assert "…opened <mark>on Sunday</mark>…" in found
    assert "<mark>“on Sunday”</mark>" in found
    assert '<span class="derive__result">1 July 2018</span>' in found


def test_the_strip_shows_the_way_from_plan_to_outcome(client, harbour):
    strip = re.search(r'<ol class="plan.*?</ol>', page(client, "?kind=other"), re.DOTALL)[0]
    assert re.findall(r"<b>(.*?)</b><span>(.*?)</span>", strip) == [
        ("June 2018", "Planned"),
        ("1 July 2018", "Occurred"),
    ]


def test_the_chart_remembers_where_an_event_was_once_planned(client, harbour):
    found = figures(page(client))
    assert [(found["bins"][one["at"]]["edtf"], one["title"]) for one in found["ghosts"]] == [
        ("2018-06", "Harbour opening")
    ]


def test_long_silences_are_said(client):
    make.timeline(
        make.event("War", edtf="1950/1953"), make.event("Deal", edtf="1994"), make.event("Now")
    )
    assert "41 years pass" in page(client, "?to=2000")


def test_the_quote_panel_shows_the_event_that_the_address_names(client, harbour):
    panel = page(client, "?focus=harbour-opening").split('id="quote-panel"')[1]
    assert "We are glad" in panel
    assert "Harbour opening, 1 July 2018" in panel


def test_lanes_join_those_who_met(client, harbour):
    row = page(client, "?view=lanes&kind=other").split("Harbour opening</a></th>")[1]
    assert row.index("link-start") < row.index("link-end")


def test_active_filters_are_chips_that_lead_out_of_themselves(client, harbour):
    found = page(client, "?kind=talks&known=2018-04-02")
    assert '<a class="chip chip--on" href="?known=2018-04-02"' in found


def test_no_fit_says_so_and_offers_a_way_out(client, harbour):
    found = page(client, "?q=zebra")
    assert "No event fits all of these filters" in found
    assert "Clear all filters" in found


def test_words_are_shown_as_typed_never_as_markup(client, harbour):
    found = page(client, "?q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in found
    assert "&lt;script&gt;alert" in found


def test_htmx_gets_the_fragment_and_navigation_gets_the_page(client, harbour):
    fragment = page(client, "?kind=talks", **HTMX)
    assert fragment.lstrip().startswith('<div id="view"')
    assert "<html" not in fragment
    assert page(client, "?kind=talks").lstrip().startswith("<!doctype html>")


@pytest.mark.parametrize("header", ["HX-Boosted", "HX-History-Restore-Request"])
def test_a_boosted_link_and_a_restored_page_get_the_whole_page(client, harbour, header):
    found = page(client, **HTMX, **{header: "true"})
    assert "<html" in found
    assert found.count("<title>") == 1


def test_the_fragment_brings_the_title_of_the_view(client, harbour):
    assert "<title>The harbour: Talks – Dateline</title>" in page(client, "?kind=talks", **HTMX)


def test_the_client_cannot_name_the_part_to_render(client, harbour):
    assert page(client, **HTMX) == page(client, **HTMX, **{"HX-Target": "anything"})


def test_caches_keep_page_and_fragment_apart(client, harbour):
    assert "HX-Request" in client.get(URL).headers["Vary"]


def test_htmx_is_told_the_address_without_empty_parameters(client, harbour):
    response = client.get(URL + "?q=&from=&to=&kind=talks", headers=HTMX)
    assert response["HX-Push-Url"] == "/timelines/harbour/?kind=talks"


WRONG = {
    "from=yesterdayish": "“yesterdayish” is not a date",
    "to=2018-13": "“2018-13” is not a date",
    "from=2019&to=2018": "This lies before the start of the range",
    "kind=nonsense": "There is no kind “nonsense” here",
    "status=done": "There is no status “done” here",
    "actor=nobody": "There is no person or country “nobody” here",
    "place=nowhere": "There is no place “nowhere” here",
    "outlet=none": "There is no outlet “none” here",
    "page=-1": "“-1” is not a page number",
    "known=soon": "“soon” is not a day",
    "known=2999-01-01": "This day is still to come",
    "sort=sideways": "“sideways” is not one of",
    "view=map": "“map” is not one of",
    "focus=unknown": "There is no event “unknown” here",
    "q=" + "x" * 10_000: "This is too long",
    "q=a%00b": "This holds a character that cannot be searched for",
}


@pytest.mark.parametrize(("query", "sentence"), WRONG.items(), ids=[q[:20] for q in WRONG])
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_what_cannot_be_read_is_said_in_place_of_results(client, harbour, query, sentence, headers):
    response = client.get(f"{URL}?{query}", headers=headers)
    found = response.content.decode()
    assert response.status_code == 400
    assert sentence in found
    assert titles(found) == []
    assert "No events shown" in found


@pytest.mark.parametrize(
    ("query", "field"),
    [("q=a%00b", "q"), ("from=x", "from"), ("to=x", "to"), ("known=x", "known-date")],
)
def test_the_error_stands_beside_its_field(client, harbour, query, field):
    control = re.search(rf'<input [^>]*id="{field}"[^>]*>', page(client, "?" + query))[0]
    assert 'aria-invalid="true"' in control
    named = re.search(r'aria-describedby="(?:range-hint )?([\w-]+)"', control)[1]
    assert f'class="error" id="{named}"' in page(client, "?" + query)


def test_a_wrong_kind_is_told_beside_the_kinds(client, harbour):
    facet = re.search(r'id="facet-kind".*?</fieldset>', page(client, "?kind=nonsense"), re.DOTALL)[
        0
    ]
    assert 'class="error" id="kind-error"' in facet
    assert 'value="talks"' in facet


def test_a_page_past_the_last_shows_the_last(client, harbour):
    assert titles(page(client, "?page=9999")) == ["Harbour talks", "Harbour opening"]


def fill(count: int) -> None:
    alice = make.actor("Alice")
    events = []
    for number in range(count):
        event = make.event(f"Event {number}", place=make.place(f"Place {number}"))
        paper = make.article(f"2018-05-{number % 28 + 1:02}", f"Paper {number}")
        make.report(event, paper)
        make.takes_part(alice, event)
        make.quote(f"Words {number}", paper, alice, event)
        events.append(event)
    make.timeline(*events)


@pytest.mark.parametrize("query", ["", "?known=2018-05-28", "?view=lanes", "?q=words&actor=alice"])
def test_the_number_of_queries_stays_flat_as_rows_grow(client, django_assert_num_queries, query):
    fill(10)
    with CaptureQueriesContext(connection) as few:
        assert client.get(URL + query).status_code == 200
    Timeline.objects.all().delete()
    for model in (make.Quote, make.Report, make.Participation, make.Event, make.Article):
        model.objects.all().delete()
    fill(60)
    with django_assert_num_queries(len(few)):
        client.get(URL + query)
    assert len(few) < 25
