"""What was published in one stroke is taken back: every row as it was, or one sentence why not."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests import factories as make
from tests.web.drafted import drafted, known, sailing, says
from timeline.models import Decision, Draft, Event, NotUndoneError, Timeline
from timeline.models.release import publish_draft, publish_together

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(alice: Client) -> User:
    return User.objects.get(username="alice")


class TestUndoingAPublishing:
    @pytest.fixture(params=["draft", "review"])
    def publish(self, request: pytest.FixtureRequest, by: User) -> Callable[[Draft], Decision]:
        """How an event with its reports is published in one stroke."""

        def do(draft: Draft) -> Decision:
            events = Event.objects.order_by("pk")
            if request.param == "draft":
                publish_draft(draft, by, events, Timeline(title="T"))
            else:
                publish_together(draft.articles.first(), by, list(events))
            return Decision.objects.first()

        return do

    def test_it_leaves_date_and_status_as_they_were(
        self, by: User, publish: Callable[[Draft], Decision]
    ) -> None:
        event, draft = self.told_twice(by)
        before = says(event)
        for _ in range(2):
            publish(draft).undo(by)
            assert says(event) == before
        publish(draft)
        assert says(event) == before
        for told in draft.articles.all():
            told.unpublish(by)
        assert Client().get(event.get_absolute_url()).status_code == 404

    def test_what_an_editor_sets_meanwhile_stays_and_the_date_with_it(
        self, by: User, publish: Callable[[Draft], Decision]
    ) -> None:
        event, draft = self.told_twice(by)
        done = publish(draft)
        event.refresh_from_db()
        event.status = "cancelled"
        event.save()
        done.undo(by)
        event.refresh_from_db()
        assert (event.edtf, event.status) == ("2014-05-04", "cancelled")
        publish(draft)
        event.refresh_from_db()
        assert (event.edtf, event.status) == ("2014-05-04", "cancelled")
        assert known(event) == "2014-05-04"

    def told_twice(self, by: User) -> tuple[Event, Draft]:
        draft = drafted(
            by,
            sailing("2014-05-01", "Harbour News", "planned", edtf="2014-05"),
            sailing("2014-05-05", "Coast Radio", "occurred"),
        )
        one, *others = draft.candidates.listed()
        for other in others:
            one.absorb(other, by)
        return one.accept(by), draft

    def test_it_is_refused_once_the_timeline_is_others_as_well(self, by: User) -> None:
        event, draft = self.told_twice(by)
        timeline = make.timeline(title="Harbour", published=False)
        publish_draft(draft, by, [event], timeline)
        timeline.events.add(make.event("Another"))
        with pytest.raises(NotUndoneError, match="“Another” has been put on “Harbour” since"):
            Decision.objects.first().undo(by)

    def test_two_publishings_on_a_new_timeline_are_undone_the_later_first(self, by: User) -> None:
        event, draft = self.told_twice(by)
        publish_draft(draft, by, [event], Timeline(title="T"))
        other = make.event("Another", published=False)
        publish_draft(draft, by, [other], Timeline.objects.get())
        later, first = Decision.objects.all()[:2]
        with pytest.raises(NotUndoneError, match="“Another” has been tied to the timeline “T”"):
            first.undo(by)
        later.undo(by)
        first.undo(by)
        assert not Timeline.objects.exists()
