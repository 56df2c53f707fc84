"""What was published: outlets and their articles."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from timeline.addresses import address_key
from timeline.models.derived import (
    Derived,
    DerivedDateField,
    DerivedDateTimeField,
    DerivedQuerySet,
)
from timeline.models.drift import hold, reanchor
from timeline.models.history import Kept, KeptQuerySet, acted
from timeline.models.likeness import TextBand, text_key
from timeline.models.paragraphs import Paragraph
from timeline.models.publication import instant_of, published_columns, validate_published
from timeline.models.publishable import PERMISSIONS, Publishable, counted, rows

if TYPE_CHECKING:
    from timeline.models.quotes import QuoteQuerySet
    from timeline.models.reports import Report, ReportQuerySet


class OutletQuerySet(KeptQuerySet["Outlet"]):
    """Reads of outlets."""

    def public(self) -> "OutletQuerySet":
        """Outlets of a public article, or of one that a public quote cites."""
        articles = Article.objects.public().filter(outlet=OuterRef("pk"))
        quotes = rows(Article, "quotes").public().filter(article__outlet=OuterRef("pk"))
        return self.filter(Exists(articles) | Exists(quotes))


class Outlet(Kept):
    """Who publishes."""

    class Kind(models.TextChoices):
        AGENCY = "agency", "News agency"
        NEWSPAPER = "newspaper", "Newspaper"
        BROADCASTER = "broadcaster", "Broadcaster"
        STATE_MEDIA = "state-media", "State media"
        GOVERNMENT = "government", "Government"

    # What a citation leaves out behind a name: “Yonhap” for “Yonhap News Agency”.
    LEFT_OUT = tuple(
        f"{central}{words}"
        for words in ("News Agency", "News Network", "News")
        for central in ("Central ", "")
    )

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind)
    country = models.CharField(max_length=100, blank=True)
    language = models.CharField(max_length=16, default="en")
    homepage = models.URLField(blank=True)

    objects = OutletQuerySet.as_manager()

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def short_name(self) -> str:
        """The name as a citation says it."""
        return re.sub(rf" ({'|'.join(self.LEFT_OUT)})$", "", self.name)


# Rewrites follow each other within hours; two days leave room for a late correction.
REWRITE_WINDOW = dt.timedelta(days=2)


def local_day(instant: dt.datetime, zone: dt.tzinfo) -> dt.date:
    """Return the day that `instant` falls on in `zone`; at the ends of the calendar, its own."""
    try:
        return instant.astimezone(zone).date()
    except OverflowError:
        return instant.date()


class ArticleQuerySet(KeptQuerySet["Article"], DerivedQuerySet["Article"]):  # type: ignore[override]
    """Reads of articles."""

    def known_on(self, day: dt.date, zone: dt.tzinfo) -> "ArticleQuerySet":
        """Articles published by the end of `day` in `zone`; a date alone counts for that day."""
        return self.filter(published_by(day, zone))

    def public(self) -> "ArticleQuerySet":
        """Articles published by themselves, or through a report that is public.

        A public quote shows its article's citation alone.
        """
        reports = rows(Article, "reports").public().filter(article=OuterRef("pk"))
        return self.filter(Q(is_published=True) | Exists(reports))

    def at(self, address: str) -> "ArticleQuerySet":
        """Articles whose text is here and whose page stands at an address."""
        key = address_key(address)
        return self.filter(address_key=key).exclude(body="") if key else self.none()

    def latest_first(self) -> "ArticleQuerySet":
        """The order of publication, newest first."""
        return self.order_by("-published_at", "-pk")


def published_by(day: dt.date, zone: dt.tzinfo, prefix: str = "") -> Q:
    """Return the condition “published by the end of `day` in `zone`”, reached over `prefix`."""
    after = _end_of(day, zone)
    return Q(**{f"{prefix}has_time": True, f"{prefix}published_at__lt": after}) | Q(
        **{f"{prefix}has_time": False, f"{prefix}published_on__lte": day}
    )


def _end_of(day: dt.date, zone: dt.tzinfo) -> dt.datetime:
    """Return the instant at which `day` ends in `zone`, or the calendar's nearest, in UTC."""
    try:
        after = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), zone)
        return after.astimezone(dt.UTC)
    except OverflowError:
        nearest = dt.datetime.min if day.year == 1 else dt.datetime.max
        return nearest.replace(tzinfo=dt.UTC)


class Article(Kept, Publishable, Derived):
    """One publication by an outlet; rewrites of one story share `story` and differ in `lead`."""

    DERIVED_FROM = "published"
    DERIVED_COLUMNS = ("published_on", "published_at")
    columns_from = staticmethod(published_columns)
    GOES_WITH_OTHERS = True

    slug = models.SlugField(max_length=120, unique=True)
    outlet = models.ForeignKey(Outlet, models.PROTECT, related_name="articles")
    story = models.SlugField(
        max_length=120, blank=True, help_text="The same for every rewrite of one story."
    )
    headline = models.CharField(max_length=300)
    labels = models.JSONField(default=list, blank=True, help_text='["News Focus"]')
    lead = models.CharField(max_length=20, blank=True, help_text="2nd LD")
    section = models.CharField(max_length=100, blank=True)
    byline = models.CharField(max_length=200, blank=True)
    dateline_place = models.CharField(max_length=100, blank=True)
    dateline_date = models.DateField(null=True, blank=True)
    dateline_agency = models.CharField(max_length=100, blank=True)
    published = models.CharField(
        max_length=32,
        validators=[validate_published],
        help_text="2018-03-28T11:51:00+09:00, or 2018-03-28 when the article gives no time.",
    )
    published_on = DerivedDateField(editable=False, db_index=True)
    published_at = DerivedDateTimeField(editable=False, db_index=True)
    has_time = models.GeneratedField(
        expression=models.Case(
            models.When(published__contains="T", then=True),
            default=False,
            output_field=models.BooleanField(),
        ),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    url = models.URLField(max_length=500, blank=True)
    via = models.CharField(max_length=200, blank=True, help_text="The site that hosts the copy.")
    language = models.CharField(max_length=16, default="en")
    abstract = models.TextField(blank=True, help_text="In our own words; public.")
    note = models.TextField(blank=True, help_text="For editors; never public.")
    licence = models.CharField(
        max_length=100, blank=True, help_text="SPDX, where it lets the body be shown to everyone."
    )
    body = models.TextField(blank=True, help_text="For editors; never public without a licence.")
    captions = models.JSONField(default=list, blank=True)
    correction = models.CharField(
        "note to editors",
        max_length=300,
        blank=True,
        help_text="ATTN: UPDATES with details in paras 3-5",
    )
    correction_paragraphs = models.JSONField(default=list, blank=True)
    # what it is recognised by when it comes in again
    address_key = models.CharField(max_length=40, blank=True, editable=False, db_index=True)
    text_key = models.CharField(max_length=40, blank=True, editable=False, db_index=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        default_permissions = PERMISSIONS
        ordering = ("published_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("outlet", "headline", "lead", "published_on"), name="article_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.headline} ({self.citation})"

    @transaction.atomic
    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Save, and hold what its rewrites, its copies and itself are recognised by."""
        columns = None if update_fields is None else set(update_fields)
        if columns is None or {"body", "url"} & columns:
            self.address_key, self.text_key = address_key(self.url), text_key(self.body)
            columns = columns and columns | {"address_key", "text_key"}
        super().save(*args, update_fields=columns, **kwargs)
        if columns is None or {"body", "outlet", "published"} & columns:
            Paragraph.objects.keep(self)
        if columns is None or "body" in columns:
            TextBand.objects.keep(self)

    def get_absolute_url(self) -> str:
        return reverse("article", args=[self.slug])

    @property
    def called(self) -> str:
        """The headline."""
        return self.headline

    @property
    def citation(self) -> str:
        """The outlet and the day, as a citation in the text: “Yonhap, 28 Mar 2018”."""
        return f"{self.outlet.short_name}, {self.published_on.day} {self.published_on:%b %Y}"

    @property
    def published_local(self) -> dt.datetime | None:
        """When it was published, on its own clock; None when only the day is known."""
        return instant_of(self.published) if "T" in self.published else None

    @property
    def zone(self) -> dt.tzinfo:
        """The time zone of its own clock; UTC when only the day is known."""
        local = self.published_local
        return (local.tzinfo if local else None) or dt.UTC

    @property
    def web_url(self) -> str:
        """The address where it may become a link: http or https, else nothing."""
        return self.url if re.match(r"https?://", self.url, re.IGNORECASE) else ""

    @property
    def public_body(self) -> str:
        """The body where its licence lets everyone read it, else nothing."""
        return self.body if self.licence else ""

    @property
    def paragraphs(self) -> list[str]:
        """The body's paragraphs, for editors."""
        return [paragraph for paragraph in self.body.split("\n\n") if paragraph]

    @property
    def is_public(self) -> bool:
        """Whether readers see it, by itself or through what it reports."""
        return Article.objects.public().filter(pk=self.pk).exists()

    @property
    def is_cited(self) -> bool:
        """Whether readers see its bibliography: on its own page, or beside a public quote."""
        return self.is_public or self.quotes.public().exists()

    @property
    def released_with(self) -> list[models.Model]:
        """Its reports of public events and its quotes that readers do not see yet."""
        reports = self._waiting_reports().select_related("event", "article__outlet")
        return [*reports.order_by("event_id"), *self._waiting_quotes().select_related("speaker")]

    @property
    def waiting(self) -> str:
        """How many these are, in words."""
        reports, quotes = self._waiting_reports(), self._waiting_quotes()
        return counted(waiting_report=reports.count(), waiting_quote=quotes.count())

    def _waiting_reports(self) -> "ReportQuerySet":
        return self.reports.filter(is_published=False, event__is_published=True)

    def _waiting_quotes(self) -> "QuoteQuerySet":
        return self.quotes.waiting().on_no_withdrawn_event()

    def _release(self, by: User, *, was_published: bool) -> str:
        """Publish its waiting reports of public events, and its quotes; no draft event."""
        reports = self._with_locked_events(self._waiting_reports())
        for report in reports:
            report.release(by)
        quotes = list(self._waiting_quotes().order_by("pk"))
        for quote in quotes:
            quote.publish(by)
        return counted(report=len(reports), quote=len(quotes))

    def _take_back(self, by: User, *, was_published: bool) -> str:
        """Let its reports and quotes wait again, wherever they are shown."""
        reports = self._with_locked_events(self.reports.filter(is_published=True))
        for report in reports:
            report.withdraw(by)
        quotes = list(self.quotes.public().order_by("pk"))
        for quote in quotes:
            quote.let_wait(by)
        return counted(report=len(reports), quote=len(quotes))

    @acted
    def correct(self, columns: Iterable[str] | None, by: User | None) -> None:
        """Save these columns, or all; its events follow its new time. `by` is None for a file.

        In a body that is changed its evidence is found again, or flagged.
        """
        is_dated = columns is None or "published" in columns
        has_body = columns is None or "body" in columns
        if has_body:
            hold(self)
        reports = self._with_locked_events(self.reports.all()) if is_dated else []
        for report in reports:
            report.event.take_over()
        self.save(update_fields=columns)
        if has_body:
            reanchor(self)
        for report in reports:
            report.event.tell(by, "as its articles are dated")

    @acted
    def retract(self, by: User) -> bool:
        """Delete the article, with what its reports had changed of their events; return True."""
        for report in self._with_locked_events(self.reports.all()):
            report.retract(by)
        return super().retract(by)

    def _with_locked_events(self, reports: "ReportQuerySet") -> "list[Report]":
        """Fetch reports with their events, locked in one order before any row is changed.

        Whoever publishes an event locks it first, too, so that no two wait for each other.
        """
        found = reports.select_related("event", "article__outlet").order_by("event_id")
        return list(found.select_for_update(of=("event",), no_key=True))

    def join_story(self) -> bool:
        """Share the `story` of the first version that this is a rewrite of, if there is one.

        It is found by an index, without a body: the database may be locked meanwhile. Returns
        False, and joins nothing, where readers would see that at once.
        """
        other = self._of_the_same_name() or self._of_the_same_words() or self._of_the_same_address()
        if other is None:
            return True
        story = other.story or self.story or other.slug
        if self._shows_versions(other, story):
            return False
        self.story = story
        Article.objects.filter(pk__in=(self.pk, other.pk)).update(story=story)
        return True

    def _shows_versions(self, other: "Article", story: str) -> bool:
        """Whether readers of either would see another version, were these two of one `story`."""
        for one in (self, other):
            stories = [name for name in (one.story, story) if name]
            joined = Q(story__in=stories) | Q(pk__in=(self.pk, other.pk))
            versions = Article.objects.public().filter(joined).exclude(pk=one.pk)
            if one.story != story and one.is_public and versions.exists():
                return True
        return False

    def _of_the_same_name(self) -> "Article | None":
        """The other version under the same headline, in any case of letters, of the same day."""
        name = self.headline
        is_named = Q(headline__iexact=name)  # SQLite knows the case of ASCII letters alone
        is_named |= Q(headline__in={name.lower(), name.upper(), name.title()})
        others = Article.objects.filter(is_named, outlet=self.outlet_id)
        others = others.filter(published_on=self.published_on).exclude(pk=self.pk)
        return others.only("slug", "story").order_by("published_at", "pk").first()

    def _of_the_same_words(self) -> "Article | None":
        first = Paragraph.objects.rewritten(self, REWRITE_WINDOW)[:1]
        return Article.objects.only("slug", "story").filter(pk__in=list(first)).first()

    def _of_the_same_address(self) -> "Article | None":
        """The first of its outlet whose page stood where its own stands: it was rewritten."""
        if not self.address_key:
            return None
        others = Article.objects.filter(outlet=self.outlet_id, address_key=self.address_key)
        others = others.exclude(pk=self.pk).only("slug", "story")
        return others.order_by("published_at", "pk").first()

    def rewrites(self) -> ArticleQuerySet:
        """The other articles of the same story, in order of publication."""
        if not self.story:
            return Article.objects.none()
        return Article.objects.filter(story=self.story).exclude(pk=self.pk)
