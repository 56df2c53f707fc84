"""The way back of a record to what it was at a line of its history: all of it, or nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.web.desk import change, decide, ferry, form_of, save, signed_in, with_rights, words_of
from timeline.models import Alias, Line, Participation, Place, PlaceAlias, Report, Role
from timeline.models.reverting import NotRevertedError, WayBack, revert

pytestmark = pytest.mark.django_db


@pytest.fixture
def bob(db: None):
    return make.editor("bob")


def last(record) -> Line:
    return Line.objects.of(record).first()


def newest(record) -> Line:
    """The last line of the record's history, be it of a part."""
    return Line.objects.around(record).first()


def go_back(alice, record, line: Line, **sent: object):
    url = reverse(f"admin:timeline_{record._meta.model_name}_revert", args=[record.pk, line.pk])
    return alice.post(url, {"seen": newest(record).pk} | sent, follow=True)


class TestTheWayBack:
    def test_a_record_is_again_what_it_was_before_a_line(self, alice) -> None:
        place = make.place("Elmsport")
        save(alice, place, name="Eastport", country="Eastland")
        first = last(place)
        save(alice, place, country="Westland")
        go_back(alice, place, first)
        place.refresh_from_db()
        assert (place.name, place.country) == ("Elmsport", "")
        assert last(place).columns["name"] == ("Eastport", "Elmsport")
        assert "Reverted to what it was before" in words_of(alice.get(change(place, "history")))

    def test_or_what_it_was_at_the_line(self, alice) -> None:
        place = make.place("Elmsport")
        save(alice, place, name="Eastport")
        first = last(place)
        save(alice, place, name="Westport")
        go_back(alice, place, first, to="at")
        place.refresh_from_db()
        assert place.name == "Eastport"

    def test_reverting_can_be_reverted(self, alice) -> None:
        place = make.place("Elmsport")
        save(alice, place, name="Eastport")
        go_back(alice, place, last(place))
        go_back(alice, place, last(place))
        place.refresh_from_db()
        assert place.name == "Eastport"

    def test_the_page_says_what_will_be_otherwise_and_what_was_changed_since(self, alice) -> None:
        place = make.place("Elmsport")
        save(alice, place, name="Eastport")
        first = last(place)
        signed_in(other := Client(), "bob")
        save(other, place, country="Westland")
        url = reverse("admin:timeline_place_revert", args=[place.pk, first.pk])
        said = words_of(alice.get(url))
        assert "Name Eastport Elmsport" in said
        assert "Changed since" in said
        assert "bob" in said.split("Changed since")[1]

    def test_what_somebody_changed_meanwhile_is_said_and_nothing_is_done(self, alice) -> None:
        place = make.place("Elmsport")
        save(alice, place, name="Eastport")
        seen = last(place)
        save(signed_in(Client(), "bob"), place, name="Westport")
        said = words_of(go_back(alice, place, seen, seen=seen.pk))
        assert "Not reverted: bob has changed it meanwhile: look again." in said
        place.refresh_from_db()
        assert place.name == "Westport"

    def test_what_the_record_may_not_say_any_more_is_refused(self, alice) -> None:
        place = make.place("Elmsport")
        save(alice, place, slug="eastport", name="Eastport")
        make.place("Elmsport")
        said = words_of(go_back(alice, place, last(place)))
        assert "Not reverted: Place with this Slug already exists." in said
        place.refresh_from_db()
        assert place.name == "Eastport"

    def test_a_place_that_is_deleted_since_is_named_and_nothing_is_lost(self, alice) -> None:
        event = make.event("One", place=make.place("Elmsport"))
        save(alice, event, place="")
        line = last(event)
        Place.objects.all().delete()
        assert "Not reverted" in words_of(go_back(alice, event, line))
        event.refresh_from_db()
        assert event.place is None

    def test_an_event_follows_a_report_that_is_reverted(self, alice, bob) -> None:
        event = make.event("One", edtf="", published=False)
        report = make.report(event, make.article("2018-05-16"), edtf="2018-05-15",
                             is_published=False)  # fmt: skip
        event.follow(report, bob)
        save(alice, report, edtf="2018-05-14")
        event.refresh_from_db()
        assert event.edtf == "2018-05-14"
        go_back(alice, report, last(report))
        event.refresh_from_db()
        assert event.edtf == "2018-05-15"

    def test_a_timeline_has_its_events_again_but_those_that_are_gone(self, alice, bob) -> None:
        one, two = make.event("One"), make.event("Two")
        timeline = make.timeline(published=False)
        save(alice, timeline, events=[str(one.pk), str(two.pk)])
        save(alice, timeline, events=[])
        line = last(timeline)
        two.retract(by=bob)
        go_back(alice, timeline, line)
        assert list(timeline.events.all()) == [one]

    def test_whether_it_is_public_stays_as_it_is(self, alice, bob) -> None:
        event = make.event("One", published=False)
        save(alice, event, title="Two")
        line = last(event)
        event.publish(by=bob)
        go_back(alice, event, line)
        event.refresh_from_db()
        assert (event.title, event.is_published) == ("One", True)

    def test_readers_are_told_with_the_note_that_is_asked_for(self, alice) -> None:
        event = make.event("One")
        save(alice, event, title="Two")
        go_back(alice, event, last(event), correction="It is called One.")
        assert [one.note for one in event.corrections.all()] == ["It is called One."]

    def test_nothing_is_done_where_nothing_is_otherwise(self, bob) -> None:
        event = make.event("One")
        with pytest.raises(NotRevertedError, match="Nothing is otherwise now"):
            revert(event, last(event), bob, before=False, seen=newest(event).pk)

    def test_all_that_an_editor_sets_of_each_kind_comes_back(self, alice) -> None:
        """For each kind of record: what a form can change, the history can bring back."""
        event = make.event("One", published=False)
        article = make.article("2018-05-16", body="It is open.")
        report = make.report(event, article, is_published=False)
        quote = make.quote("Open.", article, make.actor("Nora"), is_published=False)
        for record, column in (
            (event, "summary"), (report, "title"), (quote, "medium"), (article, "abstract"),
            (make.actor("Piet"), "name"), (make.place("Elmsport"), "country"),
            (make.timeline(published=False), "standfirst"),
        ):  # fmt: skip
            was = getattr(record, column)
            save(alice, record, **{column: "Another"})
            assert WayBack(record, last(record), before=True).columns == {column: was}
            go_back(alice, record, last(record))
            record.refresh_from_db()
            assert getattr(record, column) == was


def send(client: Client, record, rows: dict[str, list[dict]], **changed: object) -> None:
    """Save a record's form with new rows beneath it, by the prefix of their formset."""
    sent = form_of(client, record) | changed
    for prefix, added in rows.items():
        total = int(sent[f"{prefix}-INITIAL_FORMS"][0])
        sent[f"{prefix}-TOTAL_FORMS"] = str(total + len(added))
        for number, row in enumerate(added, total):
            sent |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    answer = client.post(change(record), sent)
    assert answer.status_code == 302, words_of(answer)


class TestThePartsOfARecord:
    """Who takes part, names and roles: no page of their own, so they go back with their whole."""

    def test_who_takes_part_in_an_event_is_as_before_with_its_title(self, alice) -> None:
        event = make.event("One", published=False)
        host = make.takes_part(make.actor("Nora Vale"), event, role="host")
        guest = make.takes_part(make.actor("Piet Strand"), event)
        new = make.actor("Ida Quay")
        row = {"actor": new.pk, "role": "speaker", "event": event.pk}
        send(alice, event, {"participations": [row]}, title="Two",
             **{"participations-0-role": "guest", "participations-1-DELETE": "on"})  # fmt: skip
        said = words_of(alice.get(reverse("admin:timeline_event_revert",
                                          args=[event.pk, last(event).pk])))  # fmt: skip
        assert "Participation – Piet Strand (participant)" in said
        assert "Participation Ida Quay (speaker) –" in said
        assert "Participation Nora Vale (guest): role Guest Host" in said
        go_back(alice, event, last(event))
        event.refresh_from_db()
        assert event.title == "One"
        assert {(one.pk, one.role) for one in event.participations.all()} == {
            (host.pk, "host"), (guest.pk, "participant"),
        }  # fmt: skip

    def test_the_names_and_roles_of_an_actor_are_as_before(self, alice) -> None:
        actor = make.actor("Nora Vale")
        Alias.objects.create(actor=actor, name="Minister Vale")
        send(alice, actor,
             {"aliases": [{"name": "N. Vale", "actor": actor.pk}],
              "roles": [{"title": "Mayor", "since": "2011", "actor": actor.pk}]},
             name="Nora Vale-Strand", **{"aliases-0-name": "The minister"})  # fmt: skip
        assert Role.objects.get().title == "Mayor"
        go_back(alice, actor, last(actor))
        actor.refresh_from_db()
        assert actor.name == "Nora Vale"
        assert [one.name for one in actor.aliases.all()] == ["Minister Vale"]
        assert not Role.objects.exists()
        go_back(alice, actor, newest(actor))  # and forth
        assert {one.name for one in actor.aliases.all()} == {"The minister", "N. Vale"}
        assert Role.objects.get().since == "2011"

    def test_the_names_of_a_place_alone_have_a_way_back(self, alice) -> None:
        place = make.place("Elmsport")
        send(alice, place, {"aliases": [{"name": "Port Elm", "place": place.pk}]})
        line = newest(place)
        assert line.model == "timeline.placealias"
        way = reverse("admin:timeline_place_revert", args=[place.pk, line.pk])
        assert way in alice.get(change(place, "history")).content.decode()
        go_back(alice, place, line)
        assert not PlaceAlias.objects.exists()

    def test_who_came_with_a_report_stays_with_it(self, alice, bob) -> None:
        article = ferry()
        event = make.event("The ferry", edtf="2018-05-15", published=False)
        save(alice, event, title="The ferry line")
        line = last(event)
        meeting = article.suggestions.filter(type="report").first()
        meeting.actors = ["Nora Vale"]
        meeting.save()
        make.actor("Nora Vale")
        decide(alice, meeting, "merge", event=event.pk)
        part = Participation.objects.get()
        assert part.is_brought
        go_back(alice, event, line)
        event.refresh_from_db()
        assert event.title == "The ferry"
        assert list(event.participations.all()) == [part]
        Report.objects.get().retract(by=bob)
        assert not Participation.objects.exists()
        go_back(alice, event, newest(event))
        assert not Participation.objects.exists()

    def test_names_that_were_swapped_are_refused_and_nothing_is_half_done(self, alice, bob) -> None:
        actor = make.actor("Nora Vale")
        one, two = (Alias.objects.create(actor=actor, name=name) for name in ("One", "Two"))
        save(alice, actor, name="Nora Strand")
        line = last(actor)
        for alias, name in ((one, "Three"), (two, "One"), (one, "Two")):
            alias.name = name
            alias.save()
        said = words_of(go_back(alice, actor, line))
        assert "Not reverted: Alias with this Actor and Name already exists." in said
        actor.refresh_from_db()
        assert actor.name == "Nora Strand"

    def test_a_part_of_somebody_who_is_gone_is_refused_with_all(self, alice) -> None:
        event, actor = make.event("One", published=False), make.actor("Nora Vale")
        make.takes_part(actor, event)
        send(alice, event, {}, title="Two", **{"participations-0-DELETE": "on"})
        line = last(event)
        actor.delete()
        said = words_of(go_back(alice, event, line))
        assert "Not reverted: The actor that it had has been deleted since." in said
        event.refresh_from_db()
        assert event.title == "Two"

    def test_it_takes_the_right_to_the_parts_too(self) -> None:
        actor = make.actor("Nora Vale")
        Alias.objects.create(actor=actor, name="The minister")
        line = newest(actor)
        bob = with_rights(Client(), "view_actor", "change_actor")
        url = reverse("admin:timeline_actor_revert", args=[actor.pk, line.pk])
        assert bob.get(url).status_code == 403
        assert bob.post(url, {"seen": line.pk}).status_code == 403
        assert Alias.objects.exists()


class TestWhatStandsBesideIt:
    def test_a_report_changed_in_the_same_stroke_is_named_and_stays(self, alice) -> None:
        event = make.event("One", edtf="2018-05-15", published=False)
        report = make.report(event, make.article("2018-05-16"), is_published=False)
        sent = form_of(alice, event) | {"title": "Two", "reports-0-title": "Pier opens"}
        alice.post(change(event), sent)
        page = alice.get(reverse("admin:timeline_event_revert", args=[event.pk, last(event).pk]))
        assert "Changed in the same strokes, and not reverted with it" in words_of(page)
        assert change(report, "history") in page.content.decode()
        go_back(alice, event, last(event))
        event.refresh_from_db()
        report.refresh_from_db()
        assert (event.title, report.title) == ("One", "Pier opens")

    def test_a_place_that_was_merged_since_is_the_one_that_stayed(self, alice, bob) -> None:
        place = make.place("Port Elm")
        event = make.event("One", place=place, published=False)
        part = make.takes_part(make.actor("N. Vale"), event)
        save(alice, event, title="Two", place="")
        line = last(event)
        stays, kept = make.place("Elmsport"), make.actor("Nora Vale")
        stays.absorb(place, bob)
        kept.absorb(part.actor, bob)
        go_back(alice, event, line)
        event.refresh_from_db()
        assert (event.title, event.place) == ("One", stays)
        assert event.participations.get().actor == kept

    def test_a_merge_is_undone_and_not_reverted(self, alice, bob) -> None:
        actor, other = make.actor("Nora Vale"), make.actor("N. Vale")
        save(alice, actor, name="Nora Strand")
        line = last(actor)
        actor.refresh_from_db()
        actor.absorb(other, bob)
        said = words_of(go_back(alice, actor, line))
        assert "Not reverted: N. Vale into Nora Strand was merged since." in said
        assert [one.name for one in actor.aliases.all()] == ["N. Vale"]
        save(alice, actor, name="Nora Quay")
        go_back(alice, actor, last(actor))
        actor.refresh_from_db()
        assert actor.name == "Nora Strand"

    def test_an_event_of_a_timeline_that_is_deleted_is_named_as_such(self, alice, bob) -> None:
        one, two = make.event("One"), make.event("Two", published=False)
        timeline = make.timeline(published=False)
        save(alice, timeline, events=[str(one.pk), str(two.pk)])
        save(alice, timeline, events=[])
        two.retract(by=bob)
        url = reverse("admin:timeline_timeline_revert", args=[timeline.pk, last(timeline).pk])
        assert "One, Two (deleted since)" in words_of(alice.get(url))
