"""`manage.py events` exchanges events from the command line, by the rules of the desk."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests import factories
from timeline.models import Event

pytestmark = pytest.mark.django_db


def run(*args: object) -> str:
    """Run it, and return what it prints."""
    out = io.StringIO()
    call_command("events", *map(str, args), stdout=out, stderr=out)
    return out.getvalue()


@pytest.mark.parametrize("name", ["events.csv", "events.json"])
def test_what_it_writes_it_brings_in_again_without_a_change(tmp_path: Path, name: str) -> None:
    event = factories.event("Ferry sails")
    factories.report(event, factories.article("2018-05-16"))
    factories.editor()
    run("export", tmp_path / name)
    assert run("import", tmp_path / name, "--by", "alice", "--yes") == "Imported nothing.\n"


def test_a_file_is_shown_and_stored_when_that_is_meant(tmp_path: Path) -> None:
    factories.editor()
    file = tmp_path / "events.csv"
    file.write_text("title,status,edtf\nFerry sails,occurred,late 2011\n")
    shown = run("import", file, "--by", "alice")
    assert "Date: “” → “2011-10/2011-12”" in shown
    assert "It would import 1 new draft." in shown
    assert not Event.objects.exists()
    run("import", file, "--by", "alice", "--yes")
    assert not Event.objects.get().is_published


def test_what_is_wrong_is_said_and_nothing_is_stored(tmp_path: Path) -> None:
    factories.editor()
    file = tmp_path / "events.csv"
    file.write_text("title,status\nA,occurred\nB,happened\n")
    with pytest.raises(SystemExit):
        run("import", file, "--by", "alice", "--yes")
    assert not Event.objects.exists()
    with pytest.raises(CommandError, match="no account"):
        run("import", file, "--by", "nobody")
