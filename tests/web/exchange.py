"""How a person exchanges files with the desk: download, upload, look, import."""

import csv
import io
import json
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests import factories
from timeline.exchange.plans import Plan
from timeline.exchange.proposed import Proposed
from timeline.models import Event, EventImport


def download(client: Client, format: str = "csv", **filters: str) -> bytes:
    """The list of events as a file."""
    answer = client.get(reverse("admin:events_export", args=[format]), filters)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def rows_of(raw: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file by column."""
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def as_csv(*rows: dict[str, str]) -> bytes:
    """A CSV file of these rows, with the columns that any of them has."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, columns)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def as_json(*events: object) -> bytes:
    """A JSON file of these events."""
    return json.dumps({"events": events}).encode()


def upload(client: Client, raw: bytes, name: str = "events.csv") -> Any:
    """Send a file, and return the page that shows what it changes, or says why it cannot."""
    file = SimpleUploadedFile(name, raw)
    return client.post(reverse("admin:events_import"), {"file": file}, follow=True)


def plan_in(page: Any) -> Plan:
    """What a page shows of a file."""
    plan: Plan = page.context["plan"]
    return plan


def only(page: Any) -> Proposed:
    """The one event of a file."""
    (item,) = plan_in(page).items
    return item


def confirm(client: Client, page: Any, **fields: str) -> Any:
    """Push “Import”, having seen this page."""
    held = EventImport.objects.latest("pk")
    data = {"do": "import", "digest": plan_in(page).digest, **fields}
    return client.post(held.get_absolute_url(), data, follow=True)


def look(client: Client, **fields: str) -> Any:
    """Answer what is asked of the last file, and look again."""
    held = EventImport.objects.latest("pk")
    return client.post(held.get_absolute_url(), {"do": "look", **fields}, follow=True)


def bring(client: Client, raw: bytes, name: str = "events.csv", **fields: str) -> Any:
    """Upload a file, and import it as it is shown."""
    page = upload(client, raw, name)
    assert plan_in(page).can_be_done, errors_in(page)
    return confirm(client, page, **fields)


def errors_in(page: Any) -> dict[tuple[int, str], str]:
    """What is wrong: the sentence by row and column."""
    errors = {}
    for item in plan_in(page).items:
        errors |= {(item.entry.row, name): said for name, said in item.errors.items()}
        for report in item.reports:
            row = report.entry.row
            errors |= {(row, f"report_{name}"): said for name, said in report.errors.items()}
    return errors


def ferry_sails() -> Event:
    """A public event with two reports, two who take part, a place and a timeline."""
    event = factories.event(
        "Ferry sails", summary="It sailed,\r\nat “last”; =really.", place=factories.place("Pier 4")
    )
    factories.takes_part(factories.actor("Nora Vale"), event, role="host")
    factories.takes_part(factories.actor("Otto Strand"), event)
    for number in (1, 2):
        article = factories.article(
            f"2018-05-0{number}", url=f"https://harbour.example/{number}", body="The ferry sailed."
        )
        factories.report(event, article, exact="The ferry sailed", stance="confirms")
    factories.timeline(event)
    return event


def ferry_returns() -> Event:
    """An event that waits."""
    return factories.event("Ferry returns", published=False, status="planned", edtf="2018-06~")
