"""Events for editors, with who took part, what each article reported, and what was said."""

from collections.abc import Callable, Collection, Iterable
from functools import partial
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from timeline.admin.basis import EvidenceForm
from timeline.admin.columns import DatedColumns, date_mark, list_link, public_mark
from timeline.admin.exchange import ExchangeAdmin
from timeline.admin.fields import DeskFields, NamedRows
from timeline.admin.generics import (
    ForeignKey,
    InlineFormSet,
    Listed,
    ModelAdmin,
    ModelForm,
    Rows,
    StackedInline,
    TabularInline,
    editor_of,
)
from timeline.admin.publishable import (
    PublicFilter,
    PublishableAdmin,
    StateFilter,
    warn_of_unreported,
)
from timeline.admin.records import RecordAdmin, RecordForm
from timeline.admin.rights import may_change_public
from timeline.exchange.proposed import CORRECTED
from timeline.models import Article, Correction, Event, Participation, Quote, Report, Suggestion
from timeline.models.event_checks import event_warnings
from timeline.models.events import EventQuerySet
from timeline.models.history import keeping_ties
from timeline.models.publishable import Publishable, counted

FEW = 3  # quotes that a message names


def _retract(report: Report, commit: bool, *, by: User) -> None:
    report.retract(by=by)


class ParticipationForm(RecordForm):
    """A part; once an editor has changed it, it goes with no report any more."""

    def save(self, commit: bool = True) -> models.Model:
        """Save what was changed, and that an editor did it."""
        part = super().save(commit)
        if commit and self.changed_columns:
            Participation.objects.filter(pk=part.pk).update(is_brought=False)
        return part


class ParticipationInline(DeskFields, TabularInline):
    """Who took part."""

    formset = NamedRows
    model = Participation
    form = ParticipationForm
    extra = 0
    autocomplete_fields = ("actor", "known_from")


class ReportInline(DeskFields, StackedInline):
    """What each article says of the event, in order of publication."""

    model = Report
    form = EvidenceForm
    readonly_fields = ("derivation", "public")
    extra = 0
    ordering = (F("article__published_at"), "pk")
    autocomplete_fields = ("article",)
    fieldsets = (
        (None, {"fields": (("article", "status", "stance"), ("edtf", "title", "public"))}),
        (
            "Evidence",
            {
                "fields": ("exact", "derivation", "basis", ("start", "end")),
                "classes": ("collapse",),
            },
        ),
    )

    @admin.display(description="readers")
    def public(self, report: Report) -> SafeString:
        """Whether readers see it with the event."""
        is_withdrawn = bool(report.article_id) and report.article.withdrawn_at is not None
        return public_mark(report.is_published, is_withdrawn=is_withdrawn)

    def get_queryset(self, request: HttpRequest) -> Rows:
        """Bring the event along, which each heading names."""
        rows: Rows = super().get_queryset(request).select_related("event", "article__outlet")
        return rows

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> Any:
        """Bring the outlet along, which each article's name cites."""
        if db_field.name == "article":
            kwargs["queryset"] = Article.objects.select_related("outlet")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class QuoteInline(DeskFields, TabularInline):
    """What was said about the event."""

    formset = NamedRows
    model = Quote.events.through
    form = RecordForm
    verbose_name = "quote"
    verbose_name_plural = "quotes"
    extra = 0
    autocomplete_fields = ("quote",)

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> Any:
        """Bring the speaker along, whom each quote names."""
        if db_field.name == "quote":
            kwargs["queryset"] = Quote.objects.select_related("speaker")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class ReportedFilter(admin.SimpleListFilter):
    """Events by whether any article reports them."""

    title = "reports"
    parameter_name = "reported"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        """Offer the answers."""
        return [
            ("yes", "Reported by an article"),
            ("no", "Editor's record"),
            ("unseen", "Published, no report that readers see"),
        ]

    def queryset(self, request: HttpRequest, queryset: Rows) -> Rows:
        """Narrow by the answer."""
        if self.value() in ("yes", "no"):
            return queryset.filter(reports__isnull=self.value() == "no").distinct()
        if self.value() == "unseen":
            return queryset.filter(pk__in=Event.objects.unreported())
        return queryset


class EventForm(RecordForm):
    """An event; of one that readers see, what they are told of a change."""

    correction = forms.CharField(
        label="Correction note",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        help_text="Public, with today’s day: what was wrong, and what is right now.",
    )
    # Whether the rows beneath the event are changed, too; asked where a note is needed
    others_changed: ClassVar[Callable[[Any], bool] | None] = None

    def clean(self) -> dict[str, Any]:
        """Take no change of a public event without a note from who may not publish it."""
        super().clean()
        given = self.cleaned_data
        asked = type(self).others_changed
        if asked is None or given.get("correction", "").strip():
            return given
        if set(self.changed_data) - {"note", "correction"} or asked(self.instance):
            said = "Readers see this event: say what you corrected, or let a publisher change it."
            self.add_error("correction", said)
        return given


@admin.register(Event)
class EventAdmin(DatedColumns, DeskFields, ExchangeAdmin, PublishableAdmin, RecordAdmin):
    """Events: list, search, edit, publish."""

    list_display = (
        "title",
        "shown_date",
        "shown_status",
        "kind",
        "place",
        "report_count",
        "quote_count",
        "public",
    )
    list_filter = (
        StateFilter,
        PublicFilter,
        "status",
        "kind",
        ReportedFilter,
        ("timelines", admin.RelatedOnlyFieldListFilter),
        ("place", admin.RelatedOnlyFieldListFilter),
        ("participants", admin.RelatedOnlyFieldListFilter),
        ("reports__article__outlet", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("place",)
    search_fields = ("title", "summary", "slug", "participants__name", "place__name")
    date_hierarchy = "earliest"
    prepopulated_fields: ClassVar = {"slug": ("title",)}
    autocomplete_fields = ("place", "part_of", "place_known_from")
    actions = (*PublishableAdmin.actions, *ExchangeAdmin.actions)
    form = EventForm
    inlines = (ParticipationInline, ReportInline, QuoteInline)
    list_per_page = 50
    fieldsets = (
        (None, {"fields": ("title", "edtf", ("status", "kind"), "summary")}),
        ("Where and within what", {"fields": ("place", "place_known_from", "part_of")}),
        ("For the desk", {"fields": ("slug", "note")}),
    )

    def get_queryset(self, request: HttpRequest) -> Rows:
        """Count reports and quotes in the same query, and those of them that wait."""
        events = super().get_queryset(request)
        assert isinstance(events, EventQuerySet)
        report_waits = Q(reports__is_published=False, reports__article__withdrawn_at=None)
        quote_waits = Q(quotes__is_published=False, quotes__withdrawn_at=None)
        quote_waits &= Q(quotes__withdrawn_with=None) | Q(quotes__withdrawn_with=F("pk"))
        quote_waits &= Q(quotes__article__withdrawn_at=None)
        rows: Rows = events.with_contradiction().annotate(
            reported=Count("reports", distinct=True),
            quoted=Count("quotes", distinct=True),
            seen=Exists(Event.objects.public().filter(pk=OuterRef("pk"))),
            waits=Count("reports", filter=report_waits, distinct=True)
            + Count("quotes", filter=quote_waits, distinct=True),
        )
        return rows

    def put_on(self, request: HttpRequest, records: Iterable[Publishable]) -> tuple[int, int]:
        """Publish events; name those that readers do not see yet for want of a report."""
        done = super().put_on(request, records)
        events = Event.objects.filter(pk__in=[record.pk for record in records])
        warn_of_unreported(request, events.exclude(pk__in=Event.objects.public().values("pk")))
        return done

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        """Say above the form what the editor should look at."""
        event = kwargs.get("obj")
        context["warnings"] = event_warnings(event) if event else []
        context["takes_note"] = event and not may_change_public(request.user, event)
        return super().render_change_form(request, context, *args, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Event | None = None) -> Any:
        """Ask for a note where readers see what is changed."""
        fieldsets = super().get_fieldsets(request, obj)
        may_note = obj is not None and obj.is_published and self.has_change_permission(request, obj)
        return [*fieldsets, ("For readers", {"fields": ("correction",)})] if may_note else fieldsets

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Those who may; what readers see, with a note for them (`EventForm`)."""
        return ModelAdmin.has_change_permission(self, request, obj)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm]:
        """Need a note of who changes what readers see and may not publish it."""
        form = super().get_form(request, obj, change, **kwargs)
        if not change or may_change_public(request.user, obj):
            return form

        def others_changed(event: Event) -> bool:
            formsets, _ = self._create_formsets(request, event, change=True)  # type: ignore[attr-defined]
            return any(formset.has_changed() for formset in formsets)

        return type(form.__name__, (form,), {"others_changed": staticmethod(others_changed)})

    def lock_before(self, request: HttpRequest, record: Any) -> None:
        """Let one editor after the other make events part of others: no two close a circle.

        Each would check the chain as it was before the other's. They queue for a row that every
        event has in common and nobody changes.
        """
        if request.POST.get("part_of"):
            kind = ContentType.objects.get_for_model(Event)
            list(ContentType.objects.select_for_update(no_key=True).filter(pk=kind.pk))

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[Any]]:
        """Name the quotes that are kept and leave the public pages."""
        listed, counts, lacking, kept = super().get_deleted_objects(objs, request)
        if quotes := _leaving_with(objs):
            counts["quotes that leave the public pages"] = len(quotes)
            listed += [f"Kept, but no longer public: {quote}" for quote in quotes]
        return listed, counts, lacking, kept

    def take_off(self, request: HttpRequest, records: Iterable[Event]) -> tuple[int, int]:  # type: ignore[override]
        """Take events off the public pages; say which quotes went with them."""
        records = list(records)
        quotes = _leaving_with(records)
        done = super().take_off(request, records)
        if quotes:
            verb = "is" if len(quotes) == 1 else "are"
            named = "; ".join(map(str, quotes[:FEW]))
            more = f"; and {len(quotes) - FEW} more" if len(quotes) > FEW else ""
            said = f"{counted(quote=len(quotes))} {verb} no longer public, either: {named}{more}."
            self.message_user(request, said, messages.WARNING)
        return done

    def lock_for_deletion(self, keys: Collection[int]) -> None:
        """Lock the suggestions that match the events before these, as `Suggestion.accept` does."""
        matching = Suggestion.objects.filter(match__in=keys).order_by("pk")
        list(matching.select_for_update().values_list("pk", flat=True))

    def save_formset(
        self, request: HttpRequest, form: ModelForm, formset: InlineFormSet, change: bool
    ) -> None:
        """Delete a report with what it had changed of the event."""
        if formset.model is Report:
            # The formset deletes through this method, and does not know who asks for it.
            formset.delete_existing = partial(_retract, by=editor_of(request))  # type: ignore[method-assign]
            formset.save_existing = partial(_correct, by=editor_of(request))  # type: ignore[method-assign]
        with keeping_ties(*_chosen(formset, form.instance)):
            super().save_formset(request, form, formset, change)

    def save_related(
        self, request: HttpRequest, form: ModelForm, formsets: list[Any], change: bool
    ) -> None:
        """Warn, once all is saved, of what the editor should look at; the form says it itself."""
        super().save_related(request, form, formsets, change)
        self._note_correction(request, form)
        if any(formset.model is Report and formset.has_changed() for formset in formsets):
            warn_of_unreported(request, Event.objects.filter(pk=form.instance.pk))
        for warning in event_warnings(form.instance) if "_continue" not in request.POST else ():
            self.message_user(request, warning, messages.WARNING)

    def _note_correction(self, request: HttpRequest, form: Any) -> None:
        """Keep the note for readers; where there is none, say what was changed without one."""
        event = form.instance
        if not event.is_published:
            return
        if note := form.cleaned_data.get("correction", "").strip():
            Correction.objects.note(event, note, by=editor_of(request))
        elif changed := [name for name in form.changed_columns if name in CORRECTED]:
            named = ", ".join(str(form.fields[name].label).lower() for name in changed)
            said = (
                f"Readers see this event, and were told nothing of what you changed ({named}). "
                "Write it under “Correction note” if it was wrong before."
            )
            self.message_user(request, said, messages.WARNING)

    @admin.display(description="date", ordering="earliest")
    def shown_date(self, event: Listed) -> SafeString:
        """The date in words and as EDTF, marked where no report agrees with it."""
        doubt = '<span class="doubt">No report agrees</span>' if event.is_contradicted else ""
        return format_html("{}{}", date_mark(event.edtf), mark_safe(doubt))

    @admin.display(description="reports", ordering="reported")
    def report_count(self, event: Listed) -> SafeString:
        """How many articles report it."""
        return list_link("report", event.reported, event__id__exact=event.pk)

    @admin.display(description="quotes", ordering="quoted")
    def quote_count(self, event: Listed) -> SafeString:
        """How many quotes bear on it."""
        return list_link("quote", event.quoted, events__id__exact=event.pk)


def _chosen(formset: InlineFormSet, event: Event) -> set[Quote]:
    """The quotes that an event has, and those that the rows of a formset of ties name."""
    if formset.model is not QuoteInline.model:
        return set()
    named = (one.cleaned_data.get("quote") for one in formset.forms)
    return {*event.quotes.all(), *(quote for quote in named if isinstance(quote, Quote))}


def _leaving_with(events: Iterable[Event]) -> list[Quote]:
    public = [event.pk for event in events if event.is_published]
    return list(Quote.objects.leaving_with(public).select_related("speaker"))


def _correct(form: RecordForm, report: Report, *, by: User, commit: bool) -> Report:
    """Save what an editor changed in a report beneath its event."""
    if form.changed_columns:
        report.correct(form.changed_columns, by)
    return report
