"""`manage.py derive`: make what follows from the records anew, or check it."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from timeline.models import Timeline
from timeline.models.words import clear_index, indexed, stored_texts, tokens_of, write_texts
from timeline.selection.checking import differences

DAYS = 12


class Command(BaseCommand):
    """Rebuild the index of words; with --check, compare what is derived with its definition."""

    help = "Make the index of words anew. With --check, change nothing and name what differs."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whether to check, and on how many days."""
        parser.add_argument("--check", action="store_true", help="change nothing; exit 1 on faults")
        parser.add_argument(
            "--days", type=int, default=DAYS, help=f"check so many days of publication ({DAYS})"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild, or check. Raises CommandError where something differs."""
        if not options["check"]:
            with transaction.atomic():
                clear_index()
                write_texts(stored_texts())
            self.stdout.write("The index of words is made anew.")
            return
        faults = 0
        for fault in self._faults(max(options["days"], 3)):
            self.stderr.write(fault)
            faults += 1
        if faults:
            raise CommandError(f"{faults} differ. `manage.py derive` makes the words anew.")
        self.stdout.write("What is derived agrees with its definition.")

    def _faults(self, days: int) -> Iterator[str]:
        for timeline in Timeline.objects.all():
            yield from differences(timeline, days)
        held = indexed()
        for key, text in stored_texts():
            if tokens_of(text) and not held.pop(key, False):
                yield f"Text {key} is not in the index of words: {text[:60]!r}"
        yield from (f"The index of words holds {key}, a text that is gone." for key in held)
