"""`manage.py generate --events N --seed S`: make an archive of any size, for measurements."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from timeline.demo.archive import generate
from timeline.models import Timeline


class Command(BaseCommand):
    """Store invented events with articles, reports, quotes and people, on their own timeline."""

    help = "Make an archive of N invented events to measure with; the same seed makes the same one."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the number of events, and the seed."""
        parser.add_argument("--events", type=int, required=True, metavar="N")
        parser.add_argument("--seed", type=int, default=1, metavar="S")

    def handle(self, *args: Any, **options: Any) -> None:
        """Store the events, some at a time."""
        number = options["events"]
        if number < 1:
            raise CommandError("An archive has one event or more.")
        slug = f"archive-{options['seed']}-{number}"
        if Timeline.objects.filter(slug=slug).exists():
            raise CommandError(f"“{slug}” is there already: delete it, or take another seed.")
        with tqdm(total=number, unit="event", disable=not sys.stderr.isatty()) as bar:
            for made in generate(number, options["seed"]):
                bar.update(made)
        self.stdout.write(f"Made {number:,} events: /timelines/{slug}/")
