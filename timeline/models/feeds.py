"""Feeds: addresses whose new entries are brought in, and how each is doing."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from timeline.addresses import FetchError, parsed
from timeline.models.articles import Outlet
from timeline.models.batches import Batch, BatchItem
from timeline.models.publishable import counted

EVERY = dt.timedelta(minutes=30)  # between two reads that went well
LONGEST_PAUSE = dt.timedelta(days=1)  # after errors, of which each doubles the time
# Whoever reads a feed has it for so long, that no other process reads it at the same time.
CLAIM = dt.timedelta(minutes=5)
GONE = 410


def validate_address(value: str) -> None:
    """Raise ValidationError for an address that is not fetched at all."""
    try:
        parsed(value)
    except FetchError as error:
        raise ValidationError(str(error), code="address") from error


class FeedQuerySet(models.QuerySet["Feed"]):
    """Reads of feeds."""

    def followed(self) -> Self:
        """Feeds that nobody has paused."""
        return self.filter(is_paused=False)

    def due(self) -> Self:
        """Feeds whose time has come, the longest waiting first."""
        is_due = Q(next_at=None) | Q(next_at__lte=timezone.now())
        return self.followed().filter(is_due).order_by("next_at", "pk")

    def in_trouble(self) -> Self:
        """Feeds whose last read failed."""
        return self.exclude(error="")


class Feed(models.Model):
    """An RSS or Atom feed that is followed: each new entry's page becomes an article."""

    address = models.URLField(max_length=500, unique=True, validators=[validate_address])
    title = models.CharField(
        max_length=200, blank=True, help_text="Empty: as the feed calls itself."
    )
    outlet = models.ForeignKey(
        Outlet,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="feeds",
        help_text="Of all its articles. Empty: as each page says.",
    )
    is_paused = models.BooleanField("paused", default=False)
    made_by = models.ForeignKey(
        "auth.User", models.SET_NULL, null=True, editable=False, related_name="+"
    )
    etag = models.CharField(max_length=500, blank=True, editable=False)
    modified = models.CharField(max_length=100, blank=True, editable=False)
    checked_at = models.DateTimeField(null=True, editable=False)
    read_at = models.DateTimeField("last good read", null=True, editable=False)
    brought = models.PositiveIntegerField(default=0, editable=False)  # entries, at that read
    next_at = models.DateTimeField("next read", null=True, editable=False, db_index=True)
    failures = models.PositiveIntegerField(default=0, editable=False)
    error = models.TextField(blank=True, editable=False)

    objects = FeedQuerySet.as_manager()

    class Meta:
        ordering = ("title", "address")

    def __str__(self) -> str:
        return self.title or self.address

    def get_absolute_url(self) -> str:
        return reverse("admin:timeline_feed_change", args=[self.pk])

    @property
    def condition(self) -> str:
        """How it is doing: what happened, what was kept, and what comes next."""
        said = []
        if self.error:
            said.append(self.error)
        if self.failures > 1:
            said.append(f"{self.failures} reads in a row have failed.")
        if self.read_at:
            new = counted(new_entry=self.brought).replace("entrys", "entries") or "nothing new"
            said.append(f"The last good read, {_moment(self.read_at)}, brought {new}.")
        else:
            said.append("It has not been read yet." if not self.error else "Nothing was stored.")
        if self.is_paused:
            said.append("It is paused.")
        elif self.next_at:
            said.append(f"Next try {_moment(self.next_at)}.")
        return " ".join(said)

    def claim(self, *, is_forced: bool = False) -> bool:
        """Take it for reading, unless somebody else has just done so; return whether it is ours."""
        now = timezone.now()
        free = Feed.objects.filter(pk=self.pk)
        if not is_forced:
            free = free.due().order_by()
        return bool(free.update(next_at=now + CLAIM, checked_at=now))

    @transaction.atomic
    def take(
        self, title: str, entries: Sequence["FeedEntry"], etag: str, modified: str
    ) -> Batch | None:
        """Keep what a good read brought: a batch of the entries that are new, if there are any.

        An entry is known by its key, and by its address, so that none is fetched twice.
        """
        Feed.objects.select_for_update(of=("self",)).get(pk=self.pk)
        new = self._unseen(entries)
        batch = None
        if new:
            items = [entry.item(self.outlet) for entry in new]
            batch = Batch.objects.begin(self.made_by, f"Feed: {title or self}", items)
            FeedEntry.objects.bulk_create(new, ignore_conflicts=True)
        now = timezone.now()
        self.title = self.title or title[:200]
        self.etag, self.modified = etag, modified
        self.checked_at = self.read_at = now
        self.brought, self.next_at, self.failures, self.error = len(new), now + EVERY, 0, ""
        self.save(
            update_fields=(
                *("title", "etag", "modified", "checked_at", "read_at"),
                *("brought", "next_at", "failures", "error"),
            )
        )
        return batch

    def _unseen(self, entries: Sequence["FeedEntry"]) -> list["FeedEntry"]:
        keys = {entry.key for entry in entries} | {digest(entry.address) for entry in entries}
        seen = set(self.entries.filter(key__in=keys).values_list("key", flat=True))
        seen |= set(self.entries.filter(place__in=keys).values_list("place", flat=True))
        new = []
        for entry in entries:
            entry.feed, entry.place = self, digest(entry.address)
            if not {entry.key, entry.place} & seen:
                new.append(entry)
            seen |= {entry.key, entry.place}
        return new

    def is_unchanged(self) -> None:
        """Note a read that brought nothing, for the feed is as it was."""
        now = timezone.now()
        self.checked_at = self.read_at = now
        self.brought, self.next_at, self.failures, self.error = 0, now + EVERY, 0, ""
        self.save(
            update_fields=("checked_at", "read_at", "brought", "next_at", "failures", "error")
        )

    def fail(self, error: str, wait: int | None = None, status: int | None = None) -> None:
        """Note why a read failed, and when the next is due: later with each error in a row.

        `wait` are the seconds that the server asks for. A feed that is gone is paused.
        """
        self.failures += 1
        pause = min(EVERY * 2 ** min(self.failures - 1, 10), LONGEST_PAUSE)
        if wait:
            pause = max(pause, min(dt.timedelta(seconds=wait), LONGEST_PAUSE))
        self.error, self.next_at = error, timezone.now() + pause
        self.is_paused = self.is_paused or status == GONE
        self.save(update_fields=("failures", "error", "next_at", "is_paused"))

    def move(self) -> None:
        """Forget what the last address answered, now that it is another."""
        self.etag, self.modified, self.failures, self.error, self.next_at = "", "", 0, "", None
        self.save(update_fields=("etag", "modified", "failures", "error", "next_at"))

    def pause(self) -> None:
        """Do not read it until somebody lets it go on."""
        self.is_paused = True
        self.save(update_fields=("is_paused",))

    def go_on(self) -> None:
        """Follow it again, from now on."""
        self.is_paused, self.next_at = False, None
        self.save(update_fields=("is_paused", "next_at"))


def _moment(at: dt.datetime) -> str:
    return f"{at.day} {at:%B %Y, %H:%M}"


def digest(text: str) -> str:
    """Return what an entry is known by, in 40 characters, however long it is."""
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=20).hexdigest()


class FeedEntry(models.Model):
    """An entry of a feed that has been seen: by its own identifier, and by its address."""

    feed = models.ForeignKey(Feed, models.CASCADE, related_name="entries")
    key = models.CharField(max_length=40)
    place = models.CharField(max_length=40)
    seen_at = models.DateTimeField(auto_now_add=True)

    # What a feed tells of an entry, for the batch; the article holds it then.
    address, headline, published = "", "", ""

    class Meta:
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=("feed", "key"), name="entry_once"),)
        indexes = (models.Index(fields=("feed", "place"), name="entry_by_place"),)

    def __str__(self) -> str:
        return self.address or self.key

    def item(self, outlet: Outlet | None) -> BatchItem:
        """Return the item of a batch that fetches its page.

        What the feed says of headline and time counts where the page leaves them open.
        """
        hints = {"headline": self.headline, "published": self.published}
        return BatchItem(
            name=(self.headline or self.address)[:300],
            address=self.address[:2000],
            told={"outlet": outlet.name} if outlet else {},
            hints={name: value for name, value in hints.items() if value},
        )


def entry_of(key: str, address: str, headline: str = "", published: str = "") -> FeedEntry:
    """Return an entry as a feed lists it; not stored yet."""
    entry = FeedEntry(key=digest(key or address))
    entry.address, entry.headline, entry.published = address, headline, published
    return entry
