"""Pages and batches of our own for the tests of bringing articles in."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from timeline.models import Batch, BatchItem
from timeline.tasks import read


def page(number: int, day: str = "16 May 2018") -> bytes:
    """A page of our own, which suggests a report; without a day it has to be asked for."""
    return (
        f"Ferry {number} sails again\n\n{day}\n\n"
        f"Minister Nora Vale opened pier number {number} in Elmsport on Tuesday, officials said.\n"
    ).encode()


def batch_of(*pages: bytes, **fields: object) -> Batch:
    items = [BatchItem.of_page(f"{number}.txt", one) for number, one in enumerate(pages, 1)]
    return Batch.objects.begin(None, "some files", items)


def states(batch: Batch) -> list[str]:
    return list(batch.items.values_list("state", flat=True))


def upload(client: Client, **files: bytes):
    """Hand over files; two underscores stand for a dot."""
    held = [SimpleUploadedFile(name.replace("__", "."), held) for name, held in files.items()]
    return client.post(reverse("admin:bring_in"), {"files": held}, follow=True)


def last_read() -> Batch:
    """The last batch, read to its end, for a slice may end before."""
    batch = Batch.objects.latest("pk")
    read(batch)
    return batch


def html(number: int) -> str:
    return (
        "<!DOCTYPE html><html><head>"
        f"<title>Ferry {number} sails | Dunley Post</title></head><body><article>"
        f"<h1>Ferry {number} sails</h1>"
        f"<p>May 16, 2018</p><p>{f'The council of Dunley opened pier {number} again. ' * 4}</p>"
        "</article></body></html>"
    )
