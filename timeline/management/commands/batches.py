"""`manage.py batches`: what was brought in together, how far it is, and what failed of it."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, InterfaceError

from timeline.error_messages import message_for
from timeline.management.streams import any_terminal, on_one_line
from timeline.models import Batch, BatchItem
from timeline.models.batches import in_words
from timeline.tasks import read

SHOWN = 20  # batches of a list


class Command(BaseCommand):
    """List batches, show one, read on, or stop."""

    help = (
        "Show the batches of articles that were brought in at the desk; of one, by its number, "
        "how far it is and what failed. --read reads what waits of it, here and now."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the number of a batch, and what to do with it."""
        parser.add_argument("batch", nargs="?", type=int, metavar="NUMBER", help="one batch")
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--read", action="store_true", help="read what waits of it")
        what.add_argument("--again", action="store_true", help="the same, and what was not read")
        what.add_argument("--stop", action="store_true", help="let what waits wait")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit with status 1 where the batch has articles that could not be read."""
        with any_terminal():
            if options["batch"] is None:
                if options["read"] or options["again"] or options["stop"]:
                    raise CommandError(
                        "Name a batch by its number: `manage.py batches` lists them."
                    )
                self._list()
            elif not self._one(options["batch"], options):
                sys.exit(1)

    def _list(self) -> None:
        batches = Batch.objects.with_counts()[:SHOWN]
        for batch in batches:
            self._say(f"{batch.pk}: {batch}. {_progress(batch)}")
        if not batches:
            self._say("Nothing was brought in by batches yet.")

    def _one(self, number: int, options: dict[str, Any]) -> bool:
        batch = Batch.objects.filter(pk=number).first()
        if batch is None:
            raise CommandError(f"There is no batch {number}: `manage.py batches` lists them.")
        if options["stop"]:
            batch.stop()
        elif options["read"] or options["again"]:
            batch.resume(with_failed=options["again"])
            self._read(batch)
        counted = Batch.objects.with_counts().get(pk=number)
        told = (BatchItem.State.ASKED, BatchItem.State.FAILED)
        for item in counted.items.light().filter(state__in=told):
            self._say(f"{item}: {item.said}", self.stderr)
        self._say(f"{counted}. {_progress(counted)}")
        return not counted.items_failed  # type: ignore[attr-defined]  # with_counts adds it

    def _read(self, batch: Batch) -> None:
        try:
            read(batch, say=lambda item: self._say(f"{item}: {item.said}"))
        except KeyboardInterrupt:
            raise CommandError("interrupted: what is left waits.", returncode=130) from None
        except (DatabaseError, InterfaceError) as error:
            raise CommandError(on_one_line(message_for(error) or str(error))) from error

    def _say(self, text: str, stream: Any = None) -> None:
        (stream or self.stdout).write(on_one_line(text))


def _progress(batch: Batch) -> str:
    return f"{batch.get_state_display()}: {in_words(batch)}."
