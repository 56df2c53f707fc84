"""The invented archive: the same for a seed, whole, and past the history."""

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from timeline.demo.archive import generate
from timeline.models import Event, Line, Participation, Quote, Report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_index")]


def archive(seed: int) -> list[tuple[object, ...]]:
    """What an archive of sixty events says."""
    with transaction.atomic():
        assert sum(generate(60, seed)) == 60
        reports = Report.objects.order_by("pk")
        said = list(reports.values_list("event__title", "edtf", "status", "article__published"))
        transaction.set_rollback(True)
    return said


def test_a_seed_makes_the_same_archive_and_another_another():
    first = archive(1)
    assert len(first) >= 60
    assert archive(1) == first
    assert archive(2) != first


def test_the_archive_is_public_whole_and_searched(client, capsys):
    call_command("generate", events=120, seed=7)
    assert "/timelines/archive-7-120/" in capsys.readouterr().out
    page = client.get("/timelines/archive-7-120/").content.decode()
    assert "<b>120</b> event" in page
    assert Event.objects.public().count() == 120
    assert Participation.objects.public().exists()
    assert Quote.objects.public().exists()
    assert Line.objects.count() == 1  # the timeline's: it stands for all
    call_command("derive", check=True)


def test_an_archive_that_is_there_is_not_made_twice():
    call_command("generate", events=5)
    with pytest.raises(CommandError, match="is there already"):
        call_command("generate", events=5)
    assert Event.objects.count() == 5


def test_an_archive_of_nothing_is_refused():
    with pytest.raises(CommandError, match="one event or more"):
        call_command("generate", events=0)
