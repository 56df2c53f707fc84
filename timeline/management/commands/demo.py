"""`manage.py demo`: bring the demo in."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from timeline import demo


class Command(BaseCommand):
    """Load the demo; a row that exists stays as an editor left it."""

    help = "Load the demo timeline. Rows that exist are kept as they are."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--reset", action="store_true", help="put the demo's own rows back to the files' state"
        )

    def handle(self, *, reset: bool, **options: Any) -> None:
        written = demo.load(reset=reset)
        if written:
            said = ", ".join(
                f"{count} {model.verbose_name if count == 1 else model.verbose_name_plural}"
                for model, count in written.items()
            )
            self.stdout.write(f"Demo loaded: {said}.")
        else:
            self.stdout.write("The demo is here already; nothing was changed.")
