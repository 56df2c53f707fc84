"""Processes killed at random moments: nothing is lost, nothing is there by half or twice."""

import random
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from tests.attack.articles import folder_of
from tests.attack.processes import Archive
from tests.attack.scale import SCALE, SEED

ARTICLES, KILLS = 10 * SCALE, 3 * SCALE


def test_an_ingest_that_is_killed_again_and_again_brings_all_in_once(
    tmp_path: Path, new_archive: Callable[[str], Archive]
):
    folder = str(folder_of(ARTICLES, tmp_path / "articles"))
    undisturbed, attacked = new_archive("undisturbed"), new_archive("attacked")
    began = time.monotonic()
    undisturbed.run("ingest", folder)
    duration = time.monotonic() - began
    moments = random.Random(SEED)
    for _ in range(KILLS):
        process = attacked.start("ingest", folder)
        try:  # the moment of the kill is what the attack is about: it is no wait for a result
            process.communicate(timeout=moments.uniform(0.3, 1) * duration)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.communicate()
        attacked.assert_whole()
    attacked.run("ingest", folder)
    assert attacked.contents() == undisturbed.contents()
    assert len(attacked.rows("SELECT 1 FROM timeline_article")) == ARTICLES


DECIDE = """
from django.contrib.auth.models import User
from timeline.models import Suggestion
alice, _ = User.objects.get_or_create(username="alice")
print("deciding", flush=True)
for one in Suggestion.objects.pending().order_by("pk"):
    one.accept(by=alice)
"""


def test_decisions_that_are_killed_are_taken_whole_or_not_at_all(
    tmp_path: Path, new_archive: Callable[[str], Archive]
):
    archive = new_archive("archive")
    archive.run("ingest", str(folder_of(ARTICLES, tmp_path / "articles")))
    moments = random.Random(SEED)
    for _ in range(KILLS):
        process = archive.start("shell", "--no-imports", "--command", DECIDE)
        assert process.stdout.readline() == "deciding\n"
        try:
            process.communicate(timeout=moments.uniform(0, 0.3))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.communicate()
        archive.assert_whole()
        assert_decisions_are_whole(archive)
    archive.run("shell", "--no-imports", "--command", DECIDE)
    assert_decisions_are_whole(archive)
    assert archive.rows("SELECT 1 FROM timeline_suggestion WHERE state = 'pending'") == []


def assert_decisions_are_whole(archive: Archive) -> None:
    """Hold that an accepted suggestion has what it became and its line of the log, and no other."""
    assert (
        archive.rows("""
        SELECT id FROM timeline_suggestion
        WHERE (state = 'accepted') <> (report_id IS NOT NULL OR quote_id IS NOT NULL)
           OR (state = 'accepted') <> (decided_at IS NOT NULL)
    """)
        == []
    )
    orphans = """
        SELECT id FROM timeline_event AS event WHERE NOT EXISTS (
            SELECT 1 FROM timeline_report WHERE event_id = event.id)
    """
    assert archive.rows(orphans) == []
    unlogged = """
        SELECT id FROM timeline_suggestion AS suggestion
        WHERE state = 'accepted' AND NOT EXISTS (
            SELECT 1 FROM django_admin_log AS log
            JOIN django_content_type AS type ON type.id = log.content_type_id
            WHERE type.model = 'suggestion' AND log.object_id = CAST(suggestion.id AS TEXT))
    """
    assert archive.rows(unlogged) == []
