"""Versions of one story are found by their headline or their paragraphs, in a busy outlet too."""

from collections.abc import Callable
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.db.models.sql import compiler
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories
from tests.web.desk import FERRY
from timeline.ingest import ingest
from timeline.models import Article, Paragraph

pytestmark = pytest.mark.django_db


def test_a_rewrite_shares_the_story_of_the_first_version() -> None:
    first = ingest(FERRY.replace("(LEAD) ", "")).article
    rewrite = ingest(FERRY).article
    first.refresh_from_db()
    assert first.story == rewrite.story != ""
    assert list(first.rewrites()) == [rewrite]


def test_a_rewrite_under_another_headline_is_known_by_its_paragraphs() -> None:
    first = ingest(FERRY).article
    renamed = FERRY.replace("(LEAD)", "(2nd LD)").replace("Ministers agree", "Governments move")
    rewrite = ingest(renamed.replace("is to sail again.", "sails again in summer.")).article
    assert list(rewrite.rewrites()) == [first]


def test_another_article_of_the_same_outlet_is_another_story() -> None:
    ingest(FERRY)
    other = """\
Fishers ask for a later season

Coast 12:00 KST May 16, 2018

ELMSPORT, May 16 (Tidewire) -- Fishers of Elmsport asked the council on Wednesday for more time.
"""
    assert ingest(other).article.story == ""


def neighbours(articles: int, since: int = 0) -> None:
    """Put so many articles of the ferry's outlet into its day, all with the outlet's last line."""
    outlet = factories.outlet("Tidewire")
    for number in range(since, since + articles):
        body = f"Something else, number {number}.\n\nMore of {number}.\n\nSend us your story."
        factories.article("2018-05-16T09:00:00+09:00", f"Other {number}", outlet=outlet, body=body)


def rows_of(call: Callable[[], object]) -> tuple[int, int]:
    """Return how many queries a call takes, and how many rows these return."""
    rows, iterate = [], compiler.cursor_iter

    def counted(*args):
        for chunk in iterate(*args):
            rows.extend(chunk)
            yield chunk

    with pytest.MonkeyPatch.context() as patch, CaptureQueriesContext(connection) as queries:
        patch.setattr(compiler, "cursor_iter", counted)
        call()
    return len(queries), len(rows)


def test_a_busy_outlet_takes_no_more_queries_and_rows_and_its_rewrites_are_found() -> None:
    raw = f"{FERRY}\n".replace("Send Feedback", "Send us your story.\n\nSend Feedback")
    ingest(raw)
    neighbours(10)
    renamed = raw.replace("Ministers agree", "Both agree").replace("in July", "in August")
    few = rows_of(lambda: ingest(renamed))
    Article.objects.filter(headline__startswith="Both").delete()
    neighbours(90, since=10)
    queries, rows = rows_of(lambda: ingest(renamed))  # a story that is there takes one less
    assert queries <= few[0]
    assert rows == few[1]
    first, rewrite = Article.objects.filter(headline__contains="ferry").order_by("pk")
    assert first.story == rewrite.story == first.slug


def test_an_article_that_was_here_before_the_digests_is_digested_by_the_migration() -> None:
    first = ingest(FERRY).article
    held = set(Paragraph.objects.values_list("article", "outlet", "published_at", "digest"))
    Paragraph.objects.all().delete()
    migration = import_module("timeline.migrations.0010_digest_paragraphs")
    migration.digest(apps, None)
    now = set(Paragraph.objects.values_list("article", "outlet", "published_at", "digest"))
    assert now == held
    assert len(held) == len(first.paragraphs)


def test_a_body_changed_at_the_desk_is_compared_as_it_is_now() -> None:
    first = ingest(FERRY).article
    told = first.body
    first.body = "It is told otherwise.\n\nWholly so."
    first.save()
    assert ingest(FERRY.replace("Ministers agree", "Mayors agree")).article.story == ""
    Article.objects.exclude(pk=first.pk).delete()
    first.body = told
    first.save(update_fields=["body"])
    changed = FERRY.replace("Ministers agree", "Mayors agree").replace("in July", "in August")
    again = ingest(changed).article
    assert list(again.rewrites()) == [first]


def test_an_article_is_deleted_with_its_digests_and_the_desk_does_not_list_them(client) -> None:
    article = ingest(FERRY).article
    client.force_login(factories.editor())
    address = reverse("admin:timeline_article_delete", args=[article.pk])
    assert "aragraph" not in client.get(address).content.decode()
    client.post(address, {"post": "yes"})
    assert not Article.objects.filter(pk=article.pk).exists()
    assert not Paragraph.objects.filter(article=article.pk).exists()
