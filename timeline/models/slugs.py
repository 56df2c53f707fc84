"""Slugs made of titles and names: unique, and free of clashes between two editors."""

from collections.abc import Callable
from secrets import token_hex
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from timeline.models.actors import FormerSlug, Named

if TYPE_CHECKING:
    from timeline.models import Actor, Article, Event, Outlet, Place, Timeline

    type Slugged = Actor | Article | Event | Outlet | Place | Timeline

# Room for “-2” and its like behind the words of a title, in characters.
_NUMBER = 10
# Slugs made of one title that are told apart by a number; beyond them one is drawn by lot, so that
# one question to the database is enough however many there are.
MOST_ALIKE = 50
# Each attempt loses to another transaction that took the slug; so many at once are a fault.
_ATTEMPTS = 20


def free_slug[Row: "Slugged"](model: type[Row], title: str) -> str:
    """Return a slug for `title` that no row of `model` bears yet."""
    longest: int | None = model.slug.field.max_length
    assert longest is not None, "a slug has a longest"
    stem = slugify(title)[: longest - _NUMBER].strip("-") or "untitled"
    numbered = [stem, *(f"{stem}-{number}" for number in range(2, MOST_ALIKE))]
    taken = set(model.objects.filter(slug__in=numbered).values_list("slug", flat=True))
    if issubclass(model, Named):  # an address that was merged away leads readers on
        former = FormerSlug.objects.of(model).filter(slug__in=numbered)
        taken |= set(former.values_list("slug", flat=True))
    return next((slug for slug in numbered if slug not in taken), f"{stem}-{token_hex(4)}")


def save_with_free_slug[Row: "Slugged"](
    row: Row, title: str, same: Callable[[], Row | None] = lambda: None
) -> Row:
    """Insert `row` under a slug made of `title`, and return it.

    Another transaction may store a row meanwhile that clashes: the one that `same` finds is then
    returned in its place; if it finds none, `row` gets the next slug. Raises IntegrityError for
    a clash that no other slug mends.
    """
    for attempt in range(1, _ATTEMPTS + 1):
        row.slug = free_slug(type(row), title)
        if stored := same():  # after the slug was looked for: what took one is seen here too
            return stored
        try:
            with transaction.atomic():  # a savepoint: PostgreSQL gives up all since the last one
                row.save()
        except IntegrityError:
            taken = type(row).objects.filter(slug=row.slug).exists()
            if not (taken or same()) or attempt == _ATTEMPTS:
                raise
        else:
            break
    return row
