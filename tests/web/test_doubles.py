"""Actors and places that may be one are listed with reasons, and asked about once."""

import pytest
from django.test import Client

from tests import factories as make
from tests.web.desk import signed_in
from timeline.models import Actor, Apart, Decision, Participation, Place
from timeline.models.likely_doubles import likely_doubles

pytestmark = pytest.mark.django_db
LIST = "/desk/timeline/actor/duplicates/"


@pytest.fixture
def alice(client: Client) -> Client:
    return signed_in(client)


def named(slug: str, name: str, *aliases: str, kind: str = "person", **fields) -> Actor:
    made = Actor.objects.create(slug=slug, name=name, kind=kind, **fields)
    for alias in aliases:
        made.aliases.create(name=alias)
    return made


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (("Kim Jong-un",), ("KIM JONG UN",), "Same name"),
        (("Choe Sŏn-hŭi",), ("Choe Son Hui",), "Same name"),
        (("Kim Jong-un", "김정은"), ("김정은",), "both bear"),
        (("Jong-un Kim",), ("Kim Jong-un",), "another order"),
        (("J. Bolton",), ("John Bolton",), "initials"),
        (("UN",), ("United Nations",), "initials"),
    ],
)
def test_two_that_may_be_one_are_told_with_the_reason(one, other, why) -> None:
    named("a", *one)
    named("b", *other)
    named("c", "Moon Jae-in")
    [double] = likely_doubles(Actor)
    assert (double.one.slug, double.other.slug) == ("a", "b")
    assert why in "; ".join(double.reasons)


def test_a_title_with_a_surname_may_be_who_has_the_role() -> None:
    named("a", "Moon Jae-in").roles.create(title="President")
    named("b", "President Moon")
    assert [double.reasons for double in likely_doubles(Actor)] == [
        ["A title and a surname of the other"]
    ]


def test_the_likeliest_comes_first_and_what_differs_is_said() -> None:
    named("a", "Ann Vale", wikidata="Q1")
    named("b", "Ann Vale", wikidata="Q2")
    named("c", "Bob Strand", wikidata="Q3")
    named("d", "Robert Strand", wikidata="Q3")
    first, second = likely_doubles(Actor)
    assert {first.one.slug, first.other.slug} == {"c", "d"}
    assert "but their Wikidata ids differ" in second.reasons


def test_places_near_by_may_be_one() -> None:
    for slug, latitude in (("a", 37.956), ("b", 37.957), ("c", 38.5)):
        Place.objects.create(slug=slug, name=f"Place {slug}", latitude=latitude, longitude=126.67)
    assert [(one.one.slug, one.other.slug) for one in likely_doubles(Place)] == [("a", "b")]


def test_ten_thousand_actors_take_four_queries(django_assert_num_queries) -> None:
    Actor.objects.bulk_create(
        Actor(slug=f"a{n}", name=f"Kim Number{n:05}", kind="person") for n in range(10_000)
    )
    named("x", "kim number-00007")
    with django_assert_num_queries(4):
        assert len(likely_doubles(Actor)) == 1


def test_the_page_takes_as_many_queries_for_many_pairs(alice, django_assert_max_num_queries):
    for n in range(30):
        named(f"a{n}", f"Ann Vale{n}"), named(f"b{n}", f"ANN VALE{n}")
    with django_assert_max_num_queries(16):
        page = alice.get(LIST)
    assert len(page.context["pairs"]) == 30


def test_two_that_are_two_are_not_asked_about_again(alice) -> None:
    one, other = named("a", "Kim"), named("b", "KIM")
    alice.post(LIST, {"one": other.pk, "other": one.pk})
    assert "No two look like one" in alice.get(LIST).text
    assert Apart.objects.count() == 1


@pytest.mark.parametrize(
    "sent",
    [{}, {"one": "1"}, {"one": "x", "other": "y"}, {"one": "9" * 30, "other": "1"},
     {"one": "1", "other": "1"}],
)  # fmt: skip
def test_what_is_not_two_records_is_refused(alice, sent) -> None:
    assert alice.post(LIST, sent).status_code == 302
    assert not Apart.objects.exists()


def test_a_merge_shows_what_it_gives_and_asks_where_both_clash(alice) -> None:
    one, other = named("a", "Kim"), named("b", "KIM II", "김")
    event = make.event("Summit")
    make.takes_part(one, event)
    make.takes_part(other, event, role="host")
    url = f"/desk/timeline/actor/{one.pk}/merge/{other.pk}/"
    page = alice.get(url).text
    assert "they are participant and host" in page
    assert "Kim is also called KIM II, 김" in page
    alice.post(url, {f"part-{event.pk}": "host"})
    assert [part.role for part in Participation.objects.filter(actor=one)] == ["host"]
    decision = Decision.objects.get(kind="unite")
    alice.post(f"/desk/timeline/decision/{decision.pk}/undo/")
    assert Participation.objects.count() == 2


def test_a_merge_asks_nothing_where_both_take_the_same_part(alice) -> None:
    one, other = named("a", "Kim"), named("b", "KIM II")
    event = make.event("Summit")
    for actor in (one, other):
        make.takes_part(actor, event, role="host")
    url = f"/desk/timeline/actor/{one.pk}/merge/{other.pk}/"
    assert "Where they clash" not in alice.get(url).text
    alice.post(url)
    assert [part.role for part in Participation.objects.filter(actor=one)] == ["host"]


@pytest.mark.parametrize("page", ["actor/duplicates/", "actor/{0}/merge/{1}/"])
def test_nobody_else_merges_or_tells_apart(client: Client, page) -> None:
    one, other = named("a", "Kim"), named("b", "KIM")
    url = "/desk/timeline/" + page.format(one.pk, other.pk)
    sent = {"one": one.pk, "other": other.pk}
    assert client.post(url, sent).status_code == 302
    client.force_login(make.User.objects.create_user("bob", is_staff=True))
    assert client.post(url, sent).status_code == 403
    assert Actor.objects.count() == 2
    assert not Apart.objects.exists()
