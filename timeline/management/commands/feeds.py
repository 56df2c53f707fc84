"""`manage.py feeds`: read the feeds whose time has come, and bring in what is new."""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from timeline.feeds import read_feed
from timeline.management.streams import any_terminal, on_one_line
from timeline.models import Batch, Feed
from timeline.models.batches import in_words
from timeline.tasks import FETCHER, go_on, read


class Command(BaseCommand):
    """Read what is due, each feed for itself; meant to be run every few minutes."""

    help = (
        "Read the feeds that are followed and due, fetch the pages of new entries, bring them in."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what is to be read, if not what is due."""
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--all", action="store_true", help="read all that are not paused, now")
        what.add_argument("--list", action="store_true", help="say how each is doing, read none")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit with status 1 where a feed could not be read; the others are read all the same."""
        failed = False
        with any_terminal():
            if options["list"]:
                for feed in Feed.objects.all():
                    self.stdout.write(on_one_line(f"{feed}: {feed.condition}"))
                return
            for feed in Feed.objects.followed() if options["all"] else Feed.objects.due():
                if feed.claim(is_forced=options["all"]):
                    self._read(feed)
                    failed |= bool(feed.error)
        if failed:
            sys.exit(1)

    def _read(self, feed: Feed) -> None:
        batch = read_feed(feed, FETCHER)
        stream = self.stderr if feed.error else self.stdout
        stream.write(on_one_line(f"{feed}: {feed.condition}"))
        if batch is None:
            return
        if settings.WORKER:
            go_on(batch)
        else:
            read(batch)
        counted = Batch.objects.with_counts().get(pk=batch.pk)
        self.stdout.write(on_one_line(f"batch {batch.pk}: {in_words(counted)}."))
