"""Two records of one actor or place are made one, with all that hangs on them, and parted again."""

import json

import pytest
from django.core import serializers
from django.core.exceptions import ValidationError
from django.test import Client

from tests import factories as make
from timeline.models import (
    Actor,
    Alias,
    Apart,
    Decision,
    Event,
    FormerSlug,
    NotMergedError,
    NotUndoneError,
    Participation,
    Place,
    PlaceAlias,
    Quote,
    Role,
)
from timeline.models.merging import Choices, Merge

pytestmark = pytest.mark.django_db
TABLES = (Actor, Alias, Role, Participation, Quote, Event, Place, PlaceAlias, FormerSlug, Apart)


@pytest.fixture
def alice():
    return make.editor()


@pytest.fixture
def doubles():
    """Kim Jong-un and Kim Jong Un, who take part in one event together, and in others apart."""
    kept, other = make.actor("Kim Jong-un"), make.actor("Kim Jong Un II")
    paper = make.article("2018-05-02")
    both, theirs = make.event("Summit"), make.event("Visit")
    make.takes_part(kept, both)
    make.takes_part(other, both, role="host")
    make.takes_part(other, theirs)
    make.quote("We will meet", paper, other, theirs)
    for one in (kept, other):
        one.aliases.create(name="김정은")
    other.aliases.create(name="金正恩", language="zh")
    for title in ("Chairman", "Marshal"):
        other.roles.create(title=title, since="2012")
    kept.roles.create(title="Chairman", since="2012")
    return kept, other


def stored() -> str:
    return "".join(serializers.serialize("json", m.objects.order_by("pk")) for m in TABLES)


def test_all_that_hangs_on_both_hangs_on_the_one_that_stays(alice, doubles) -> None:
    kept, other = doubles
    kept.absorb(other, by=alice)
    assert not Actor.objects.filter(slug=other.slug).exists()
    assert {one.event.title for one in kept.participations.all()} == {"Summit", "Visit"}
    assert [quote.speaker for quote in Quote.objects.all()] == [kept]
    assert {one.name for one in kept.aliases.all()} == {"Kim Jong Un II", "김정은", "金正恩"}
    assert {role.title for role in kept.roles.all()} == {"Chairman", "Marshal"}
    assert kept.roles.count() == 2


def test_clashes_are_decided_by_the_editor(alice, doubles) -> None:
    kept, other = doubles
    merge = Merge(kept, other)
    [(own, theirs)] = merge.shared_events
    assert (own.role, theirs.role) == ("participant", "host")
    marshal = other.roles.get(title="Marshal")
    kept.absorb(other, alice, Choices(parts={own.event_id: "host"}, left_out=[marshal.pk]))
    assert kept.participations.get(event=own.event_id).role == "host"
    assert [role.title for role in kept.roles.all()] == ["Chairman"]


def test_undone_everything_is_as_it_was(alice, doubles) -> None:
    kept, other = doubles
    third = make.actor("Kim")
    Apart.objects.tell(other, third, alice)
    before = stored()
    kept.absorb(other, by=alice)
    assert stored() != before
    assert Apart.objects.about(kept).count() == 1
    Decision.objects.get(kind="unite").undo(by=alice)
    assert stored() == before


def test_undone_later_changes_stay(alice, doubles) -> None:
    kept, other = doubles
    kept.absorb(other, by=alice)
    make.takes_part(kept, make.event("Later"))
    Event.objects.get(title="Visit").delete()
    third = make.actor("Moon")
    Quote.objects.update(speaker=third)
    Decision.objects.get(kind="unite").undo(by=alice)
    assert {one.event.title for one in kept.participations.all()} == {"Summit", "Later"}
    assert [part.event.title for part in Participation.objects.filter(actor=other.pk)] == ["Summit"]
    assert Quote.objects.get().speaker == third


def test_a_merge_is_undone_after_the_one_that_followed_it(alice, doubles) -> None:
    kept, other = doubles
    third = make.actor("Kim")
    kept.absorb(other, by=alice)
    first = Decision.objects.get(kind="unite")
    third.absorb(kept, by=alice)
    with pytest.raises(NotUndoneError, match="merged into “Kim” since"):
        first.undo(by=alice)
    Decision.objects.first().undo(by=alice)
    first.undo(by=alice)
    assert Participation.objects.filter(actor=other.pk).count() == 2


def test_a_merge_is_not_undone_once_the_address_is_taken_or_the_other_is_gone(
    alice, doubles
) -> None:
    kept, other = doubles
    kept.absorb(other, by=alice)
    decision = Decision.objects.get(kind="unite")
    taken = Actor.objects.create(name="New", slug=other.slug, kind="person")
    with pytest.raises(NotUndoneError, match="has the address"):
        decision.undo(by=alice)
    taken.delete()
    kept.participations.all().delete()
    kept.delete()
    with pytest.raises(NotUndoneError, match="has been deleted"):
        decision.undo(by=alice)


def test_an_actor_is_merged_once_and_never_with_itself(alice, doubles) -> None:
    kept, other = doubles
    with pytest.raises(NotMergedError):
        kept.absorb(kept, by=alice)
    kept.absorb(Actor.objects.get(pk=other.pk), by=alice)
    with pytest.raises(NotMergedError, match="meanwhile"):
        kept.absorb(other, by=alice)


def test_the_old_address_leads_to_the_one_that_stayed(alice, doubles, client: Client) -> None:
    kept, other = doubles
    make.timeline(*Event.objects.all())
    kept.absorb(other, by=alice)
    answer = client.get(f"/actors/{other.slug}/?known=2018-06-01")
    assert answer.status_code == 301
    assert answer["Location"] == f"/actors/{kept.slug}/?known=2018-06-01"
    shown = client.get(f"/timelines/harbour/?actor={other.slug}")
    assert shown.status_code == 200
    assert [event.title for event in shown.context["page"].results.events]


def test_quotes_are_found_by_the_old_address_of_their_speaker(alice, client: Client) -> None:
    kept, other = make.actor("Nora Vale"), make.actor("N. Vale")
    paper = make.article("2018-05-02")
    make.quote("We are glad", paper, other)
    make.quote("Who knows?", paper, make.actor("Piet Strand"))
    kept.absorb(other, by=alice)
    answer = client.get(f"/quotes/?speaker={other.slug}")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "We are glad" in page
    assert "Who knows?" not in page
    assert f'<option value="{kept.slug}" selected>' in page
    assert f"speaker={other.slug}" not in page
    assert client.get("/quotes/?speaker=nobody").status_code == 400


def test_the_old_address_of_one_whom_no_reader_sees_leads_nowhere(alice, client: Client) -> None:
    kept, other = make.actor("Kim"), make.actor("Kim II")
    kept.absorb(other, by=alice)
    assert client.get(f"/actors/{other.slug}/").status_code == 404
    assert not kept.aliases.public().exists()


def test_places_are_merged_with_their_events_and_parted_again(alice) -> None:
    kept, other = make.place("Panmunjom"), make.place("Panmunjeom")
    event = make.event("Summit", place=other)
    other.aliases.create(name="판문점")
    Place.objects.filter(pk=other.pk).update(latitude=37.9, longitude=126.7, wikidata="Q494673")
    before = stored()
    kept.absorb(other, by=alice)
    event.refresh_from_db()
    kept.refresh_from_db()
    assert event.place == kept
    assert (kept.latitude, kept.wikidata) == (37.9, "Q494673")
    assert Place.objects.named("판문점").get() == kept
    assert Place.objects.named("panmunjeom").get() == kept
    Decision.objects.get(kind="unite").undo(by=alice)
    assert stored() == before


def test_every_relation_to_an_actor_or_a_place_is_moved() -> None:
    leading = {
        f"{one.related_model.__name__}.{one.field.name}"
        for model in (Actor, Place)
        for one in model._meta.related_objects
    }
    assert leading == {
        "Alias.actor", "Role.actor", "Participation.actor", "Quote.speaker", "FormerSlug.actor",
        "PlaceAlias.place", "Event.place", "FormerSlug.place", "Event.participants",
    }  # fmt: skip


@pytest.mark.parametrize("wrong", ["56226", "q56226", "Q0", "Q5 ", "http://wikidata.org/Q5", "Q٣"])
def test_a_wikidata_id_is_an_item(wrong) -> None:
    with pytest.raises(ValidationError, match="Q56226"):
        Actor(slug="a", name="A", kind="person", wikidata=wrong).full_clean()


def test_a_wikidata_id_is_of_one_actor(doubles) -> None:
    kept, other = doubles
    kept.wikidata = other.wikidata = "Q56226"
    kept.full_clean()
    kept.save()
    with pytest.raises(ValidationError, match="Kim Jong-un has this id"):
        other.full_clean()


def test_the_page_of_an_actor_tells_the_language_of_a_name_and_the_item(
    doubles, client: Client
) -> None:
    _, other = doubles
    Actor.objects.filter(pk=other.pk).update(wikidata="Q5", name="</script><b>")
    page = client.get(f"/actors/{other.slug}/").text
    assert '<span lang="ko">김정은</span>' in page
    assert '<span lang="zh">金正恩</span>' in page
    said = page.split('<script type="application/ld+json">')[1].split("</script>")[0]
    assert json.loads(said)["sameAs"] == "https://www.wikidata.org/wiki/Q5"
    assert json.loads(said)["name"] == "</script><b>"


def test_readers_find_events_by_any_name_that_they_are_shown(doubles, client: Client) -> None:
    kept, _ = doubles
    kept.aliases.create(name="Rocketeer", is_published=False)
    site = make.place("Panmunjom")
    site.aliases.create(name="판문점")
    make.timeline(*Event.objects.all(), make.event("Meeting", place=site))

    def titles(words: str) -> list[str]:
        results = client.get("/timelines/harbour/", {"q": words}).context["page"].results
        return sorted(event.title for event in results.events)

    assert titles("김정은") == ["Summit", "Visit"]
    assert titles("판문점") == ["Meeting"]
    assert titles("Rocketeer") == []
