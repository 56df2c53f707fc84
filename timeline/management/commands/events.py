"""`manage.py events`: events with their reports as a file, and a file of them brought in."""

import sys
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from timeline.exchange.bringing import bring_in
from timeline.exchange.faults import FileError
from timeline.exchange.files import csv_lines, json_pieces, read_file
from timeline.exchange.plans import Plan
from timeline.exchange.proposed import Change, Proposed
from timeline.exchange.records import exported
from timeline.management.streams import any_terminal, on_one_line
from timeline.models import Event
from timeline.models.publishable import counted


class Command(BaseCommand):
    """Write events, or show what a file changes and, with --yes, store it."""

    help = "Write all events with their reports to a file, or bring one in (drafts among them)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the direction, the file and, to bring it in, who does."""
        do = parser.add_subparsers(dest="do", required=True)
        out = do.add_parser("export", help="write all events to FILE, by its ending CSV or JSON")
        out.add_argument("file", type=Path)
        into = do.add_parser("import", help="say what FILE changes; store it with --yes")
        into.add_argument("file", type=Path)
        into.add_argument("--by", required=True, metavar="USER", help="in whose name")
        into.add_argument("--yes", action="store_true", help="store it, if nothing is wrong")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit with status 1 where something in the file is wrong; nothing is stored then."""
        file: Path = options["file"]
        with any_terminal():
            if options["do"] == "export":
                self._export(file)
            else:
                self._import(file, options["by"], is_meant=options["yes"])

    def _export(self, file: Path) -> None:
        pieces = json_pieces if file.suffix.casefold() == ".json" else csv_lines
        try:
            with file.open("w", encoding="utf-8", newline="") as stream:
                stream.writelines(pieces(exported(Event.objects.all())))
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.") from error

    def _import(self, file: Path, name: str, *, is_meant: bool) -> None:
        by = User.objects.filter(username=name, is_active=True).first()
        if by is None:
            raise CommandError(f"There is no account “{name}”.")
        try:
            table = read_file(file.read_bytes())
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except FileError as error:
            raise CommandError(str(error)) from error
        plan = Plan(table, by)
        for item in plan.items:
            self._show(item, table.unit)
        counts = plan.counts
        if plan.corrects:
            raise CommandError("Readers see some of it: import it at the desk, with a note.")
        if counts["wrong"] or plan.too_many:
            self.stderr.write(plan.too_many or "Something is wrong: nothing was stored.")
            sys.exit(1)
        if is_meant and plan.can_be_done:
            bring_in(plan, file.name)
        done = counted(new_draft=counts["new"], changed_event=counts["changed"]) or "nothing"
        self.stdout.write(f"{'Imported' if is_meant else 'It would import'} {done}.")

    def _show(self, item: Proposed, unit: str) -> None:
        if item.state == "same":
            return
        self.stdout.write(on_one_line(f"{unit} {item.entry.row}: {item.title} ({item.state})"))
        for label, _, error in item.label_errors:
            self.stdout.write(on_one_line(f"  {label}: {error}"))
        self._changes(item.changes, "  ")
        for report in item.changed_reports:
            self.stdout.write(on_one_line(f"  report of {report.article or 'no article'}"))
            for label, _, error in report.label_errors:
                self.stdout.write(on_one_line(f"    {label}: {error}"))
            self._changes(report.changes, "    ")

    def _changes(self, changes: list[Change], indent: str) -> None:
        for one in changes:
            line = f"{indent}{one.label}: “{one.old}” → “{one.new}”"
            self.stdout.write(on_one_line(line))
