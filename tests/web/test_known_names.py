"""The names that editors have given actors and places are recognised when articles are read."""

import datetime as dt

import pytest

from tests import factories as make
from timeline.ingest import Told, ingest
from timeline.models import Place, Suggestion
from timeline.models.name_links import known_names
from timeline.proposals import explain

pytestmark = pytest.mark.django_db
TEXT = "베일 visited Old Quay Hall on Monday, officials said."


def suggested() -> Suggestion:
    told = Told("A visit", dt.date(2018, 5, 16), "Tidewire")
    (report,) = ingest(f"A visit\n\n{TEXT}", told=told).suggestions
    return report


def test_an_alias_in_another_script_finds_the_actor_and_one_of_a_place_the_place() -> None:
    nora = make.actor("Nora Vale")
    nora.aliases.create(name="베일", is_published=False)
    make.place("Harbour Hall").aliases.create(name="Old Quay Hall")
    report = suggested()
    assert report.title == "Nora Vale visits Old Quay Hall"
    assert (report.actors, report.place) == (["Nora Vale"], "Harbour Hall")
    assert any(verdict.value == "Nora Vale visits Old Quay Hall" for verdict in explain(report))


def test_without_it_the_name_is_not_found() -> None:
    assert "Nora Vale" not in suggested().actors


def test_a_name_that_two_bear_is_nobodys() -> None:
    for name in ("Nora Vale", "Piet Strand"):
        make.actor(name).aliases.create(name="The Minister")
    Place.objects.create(slug="nora", name="Nora Vale")
    assert known_names() == {"Piet Strand": ("Piet Strand", "person")}
