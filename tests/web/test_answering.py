"""Editors answer what readers write, in public where they choose so, or set it aside."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.web.desk import words_of
from tests.web.roles import person
from timeline.models import Correction, Decision, Event, NotUndoneError, Remark

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("groups")]
NOTE = "An earlier version gave 1 May; the pier opened on 2 May."


@pytest.fixture
def opening() -> Event:
    event = make.event()
    make.report(event, make.article("2018-05-02", slug="paper", is_published=True))
    return event


@pytest.fixture
def remark(opening: Event) -> Remark:
    return Remark.objects.create(
        event=opening, about="Harbour opening", text="It was on 2 May.", email="ada@reader.example"
    )


def answer(client: Client, remark: Remark, reply: str = NOTE, on: object = "") -> str:
    data = {"do": "answer", "reply": reply, "on": on}
    return words_of(client.post(remark.get_absolute_url(), data, follow=True))


def set_aside(client: Client, remark: Remark) -> str:
    return words_of(client.post(remark.get_absolute_url(), {"do": "set-aside"}, follow=True))


def public(event: Event) -> str:
    return words_of(Client().get(event.get_absolute_url()))


class TestTheQueue:
    def test_the_desks_home_shows_what_waits_and_how_many(self, alice, remark) -> None:
        page = words_of(alice.get("/desk/"))
        assert "1 reader’s remark" in page
        assert "“It was on 2 May.”" in page
        remark.set_aside(by=make.editor("bob"))
        page = words_of(alice.get("/desk/"))
        assert "0 readers’ remarks" in page
        assert "No reader waits for an answer." in page

    def test_it_stays_where_its_event_is_withdrawn_or_deleted(self, alice, remark, opening) -> None:
        bob = make.editor("bob")
        opening.unpublish(by=bob)
        assert "Readers do not see it now." in words_of(alice.get(remark.get_absolute_url()))
        opening.retract(by=bob)
        page = words_of(alice.get(remark.get_absolute_url()))
        assert "Harbour opening" in page
        assert "It has been deleted since." in page
        assert "“It was on 2 May.”" in words_of(alice.get("/desk/"))
        set_aside(alice, remark)
        assert not Remark.objects.waiting().exists()

    def test_no_reader_sees_it(self, client, remark, opening) -> None:
        for url in ("/", "/articles/paper/", opening.get_absolute_url(), "/articles/"):
            assert "It was on 2 May." not in words_of(client.get(url))

    def test_a_contributor_sees_it_and_cannot_answer(self, remark) -> None:
        page = person("contributor").get(remark.get_absolute_url()).content.decode()
        assert "It was on 2 May." in page
        assert "may answer it" in page
        assert 'name="do"' not in page

    @pytest.mark.parametrize(
        "path",
        [
            "/desk/",
            "/desk/timeline/remark/",
            "/desk/timeline/remark/{}/change/",
            "/desk/timeline/remark/{}/history/",
        ],
    )
    def test_who_wrote_it_is_told_to_those_who_answer_alone(self, remark, path) -> None:
        Remark.objects.update(name="Ada Brook")
        url = path.format(remark.pk)
        seen = person("contributor").get(url).content.decode()
        assert "Ada Brook" not in seen
        assert "ada@reader.example" not in seen
        if "history" not in path:
            assert "Ada Brook" in person("editor").get(url).content.decode()

    @pytest.mark.parametrize(
        "asked", ["q=Brook", "q=ada@reader", "name__startswith=Ada", "email__contains=reader"]
    )
    def test_a_contributor_cannot_ask_the_list_who_wrote_it(self, remark, asked) -> None:
        Remark.objects.update(name="Ada Brook")
        right, wrong = f"/desk/timeline/remark/?{asked}", f"/desk/timeline/remark/?{asked}X"
        contributor = person("contributor")
        shown = [
            remark.get_absolute_url() in contributor.get(url, follow=True).content.decode()
            for url in (right, wrong)
        ]
        assert shown[0] == shown[1]
        assert remark.get_absolute_url() in person("editor").get(right).content.decode()

    @pytest.mark.parametrize("key", ["0", "x", "9" * 30, "1%00"])
    def test_one_that_is_not_there_is_not_found(self, alice, key) -> None:
        assert alice.get(f"/desk/timeline/remark/{key}/change/").status_code == 404


class TestAnAnswer:
    def test_readers_see_it_on_the_event_where_the_editor_chose_so(self, alice, remark) -> None:
        assert "Answered: A reader on “Harbour opening”" in answer(
            alice, remark, on=remark.event_id
        )
        assert NOTE in public(remark.event)
        remark.refresh_from_db()
        assert (remark.state, remark.reply, str(remark.decided_by)) == ("answered", NOTE, "alice")
        assert remark.correction == Correction.objects.get()

    def test_it_stays_at_the_desk_unless_so_chosen(self, alice, remark) -> None:
        answer(alice, remark)
        assert NOTE not in public(remark.event)
        assert NOTE in words_of(alice.get(remark.get_absolute_url()))
        assert not Correction.objects.exists()

    def test_of_an_article_it_can_stand_on_the_events_that_it_reports(self, alice, opening) -> None:
        paper = opening.reports.get().article
        hidden = make.event("Hidden", published=False)
        make.report(hidden, paper)
        remark = Remark.objects.create(article=paper, about=paper.headline, text="Wrong.")
        page = alice.get(remark.get_absolute_url()).content.decode()
        assert "As a correction note on “Harbour opening”" in page
        assert "Hidden" not in page
        answer(alice, remark, on=opening.pk)
        assert NOTE in public(opening)

    @pytest.mark.parametrize("is_other", [True, False])
    def test_it_stands_on_no_other_event_and_on_none_that_is_private(
        self, alice, remark, is_other
    ) -> None:
        event = make.event("Another") if is_other else remark.event
        if not is_other:
            make.event("Another")
            event.unpublish(by=make.editor("bob"))
        answer(alice, remark, on=event.pk)
        remark.refresh_from_db()
        assert remark.waits or not remark.correction
        assert not Correction.objects.exists()

    def test_an_empty_one_is_asked_back(self, alice, remark) -> None:
        assert "Write an answer, or set the remark aside." in answer(alice, remark, reply=" ")
        assert Remark.objects.get().waits

    def test_it_is_ready_to_be_written_to_the_reader(self, alice, remark) -> None:
        answer(alice, remark)
        page = alice.get(remark.get_absolute_url()).content.decode()
        assert "mailto:ada@reader.example?subject=Your%20remark%20on" in page
        assert "body=An%20earlier%20version" in page

    def test_the_second_editor_is_told_by_whom_and_what_and_keeps_the_words(
        self, alice, remark
    ) -> None:
        remark.set_aside(by=make.editor("bob"))
        said = answer(alice, remark)
        assert "Bob has set aside this already, at " in said
        assert f"Your answer was not stored: “{NOTE}”" in said
        assert Remark.objects.get().reply == ""


class TestUndo:
    def test_the_note_goes_and_the_remark_waits_again(self, alice, remark) -> None:
        before = Remark.objects.values().get()
        answer(alice, remark, on=remark.event_id)
        page = alice.get(remark.get_absolute_url()).content.decode()
        url = reverse("admin:undo", args=[remark.decision.pk])
        assert f'action="{url}"' in page
        alice.post(url)
        assert Remark.objects.values().get() == before
        assert NOTE not in public(remark.event)

    def test_setting_aside_too(self, alice, remark) -> None:
        set_aside(alice, remark)
        assert Remark.objects.get().state == "set-aside"
        alice.post(reverse("admin:undo", args=[remark.decision.pk]))
        assert Remark.objects.get().waits

    def test_a_deleted_remark_does_not_come_back(self, remark) -> None:
        bob = make.editor("bob")
        remark.answer(NOTE, bob, remark.event)
        decision = remark.decision
        remark.delete()
        try:
            decision.undo(bob)
        except NotUndoneError as error:
            assert "deleted" in str(error)  # noqa: PT017  # either is a clear end
        assert not Remark.objects.exists()

    def test_an_editor_may_not_undo_what_readers_see(self, remark) -> None:
        editor = person("editor")
        answer(editor, remark, on=remark.event_id)
        assert "a publisher may undo it" in words_of(editor.get(remark.get_absolute_url()))
        assert editor.post(reverse("admin:undo", args=[remark.decision.pk])).status_code == 403

    def test_the_log_says_what_was_decided(self, alice, remark) -> None:
        answer(alice, remark)
        url = reverse("admin:timeline_remark_history", args=[remark.pk])
        assert f"Answered: {NOTE}" in words_of(alice.get(url))
        assert str(Decision.objects.get()) == "Answered: A reader on “Harbour opening”"

    def test_a_remark_does_not_hold_an_event_that_a_decision_made(self, opening) -> None:
        bob = make.editor("bob")
        with Decision.record(bob, Decision.Kind.ADD, what="an event") as decision:
            made = make.event("Made", published=False)
            decision.note_made(made)
        remark = Remark.objects.create(event=made, about="Made", text="Why?")
        decision.undo(bob)
        remark.refresh_from_db()
        assert (remark.event, remark.called) == (None, "Made")
