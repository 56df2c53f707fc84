"""A list of records of which somebody else deletes some while an action runs through them."""

from collections.abc import Callable

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.web.desk import signed_in, words_of
from timeline.models import Article, Event, Quote, Report, Timeline

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice() -> Client:
    return signed_in(Client(), "alice")


def three(model: type[Model], *, published: bool) -> list[int]:
    """The keys of three records of a model."""
    for number in range(3):
        article = make.article("2018-05-16", f"News {number}", is_published=published)
        event = make.event(f"Meeting {number}", published=published)
        make.report(event, article, is_published=published)
        make.quote("We sail.", article, make.actor("Nora Vale"), event, is_published=published)
        make.timeline(event, slug=f"harbour-{number}", published=published)
    return list(model.objects.values_list("pk", flat=True))


def deleting_others(method: Callable, model: type[Model]) -> Callable:
    """The method of a record; as the first is done, somebody else deletes all others."""
    firsts: list[int] = []

    def run(self: Model, by: object) -> object:
        if not firsts:
            firsts.append(self.pk)
            model.objects.exclude(pk=self.pk).delete()
        return method(self, by)

    return run


def press(alice: Client, model: type[Model], action: str, keys: list[int]) -> str:
    url = reverse(f"admin:timeline_{model._meta.model_name}_changelist")
    sent = {"action": action, "_selected_action": keys, "post": "yes"}
    page = alice.post(url, sent, follow=True)
    assert page.status_code == 200
    return words_of(page)


@pytest.mark.parametrize("model", [Article, Event, Quote, Timeline])
@pytest.mark.parametrize("action", ["publish", "unpublish"])
def test_what_is_gone_is_counted_and_the_rest_is_done(alice, monkeypatch, model, action) -> None:
    keys = three(model, published=action == "unpublish")
    monkeypatch.setattr(model, action, deleting_others(getattr(model, action), model))
    said = press(alice, model, action, keys)
    assert "2 " in said
    assert "had been deleted already by somebody else." in said
    assert model.objects.get().is_published == (action == "publish")


@pytest.mark.parametrize("model", [Article, Event, Quote, Timeline, Report])
@pytest.mark.parametrize("moment", ["unpublish", "retract"])
def test_what_others_delete_during_a_deletion_breaks_nothing(
    alice, monkeypatch, model, moment
) -> None:
    keys = three(model, published=True)
    moment = "retract" if model is Report else moment
    monkeypatch.setattr(model, moment, deleting_others(getattr(model, moment), model))
    said = press(alice, model, "delete_selected", keys)
    assert not model.objects.filter(pk__in=keys).exists()
    assert "2 " in said
    assert "had been deleted already by somebody else." in said


@pytest.mark.parametrize("model", [Article, Event, Quote, Timeline, Report])
@pytest.mark.parametrize("left", [0, 1])
def test_what_was_gone_at_the_start_is_said(alice, model, left) -> None:
    keys = three(model, published=True)
    gone = {3: f"3 {model._meta.verbose_name_plural}", 2: f"2 {model._meta.verbose_name_plural}"}
    model.objects.filter(pk__in=keys[left:]).delete()
    for action in ("publish", "unpublish", "delete_selected"):
        if model is Report and action != "delete_selected":
            continue
        said = press(alice, model, action, keys)
        assert f"{gone[3 - left]} had been deleted already by somebody else." in said
