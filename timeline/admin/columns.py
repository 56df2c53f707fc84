"""How records look in lists: the status with its shape, the date with its words."""

from collections.abc import Iterable

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from timeline.admin.generics import ModelAdmin, Rows
from timeline.models import Event, Report, Status
from timeline.models.derived import words_of
from timeline.models.drift import adrift


def status_mark(status: str) -> SafeString:
    """Return the status as shape and word."""
    if not status:
        return SafeString("")
    return format_html('<span class="status status--{}">{}</span>', status, Status(status).label)


def date_mark(edtf: str) -> SafeString:
    """Return the date in words, and the EDTF string that says it beneath."""
    if not edtf:
        return SafeString('<span class="quiet">Date not set</span>')
    return format_html(
        '<span class="date-words">{}</span> <code class="date-edtf">{}</code>',
        words_of(edtf),
        edtf,
    )


def public_mark(is_public: bool, waiting: int = 0, *, is_withdrawn: bool = False) -> SafeString:
    """Return whether readers see a record, and how much of it still waits."""
    if is_withdrawn and not is_public:
        return SafeString('<span class="published">Withdrawn</span>')
    if not is_public:
        return SafeString('<span class="published">Waits</span>')
    return format_html(
        '<span class="published published--yes">Public{}</span>',
        f", {waiting} wait{'s' if waiting == 1 else ''}" if waiting else "",
    )


def list_link(model: str, words: object, **lookups: object) -> SafeString:
    """Return a link to the list of `model` narrowed by `lookups`."""
    url = reverse(f"admin:timeline_{model}_changelist", query=lookups)
    return format_html('<a href="{}">{}</a>', url, words)


def record_links(records: Iterable[Model]) -> SafeString:
    """Return links to the forms of records, each under its name."""
    return format_html_join(
        ", ",
        '<a href="{}">{}</a>',
        (
            (reverse(f"admin:timeline_{one._meta.model_name}_change", args=[one.pk]), one)
            for one in records
        ),
    )


class AdriftFilter(admin.SimpleListFilter):
    """Evidence by whether its words are found in the text of its article."""

    title = "words in the text"
    parameter_name = "adrift"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        """Offer what is not found."""
        return [("yes", "Not found any more")]

    def queryset(self, request: HttpRequest, queryset: Rows) -> Rows:
        """Narrow to it."""
        return queryset.filter(adrift()) if self.value() == "yes" else queryset


class DatedColumns:
    """The columns that events, reports and suggestions share."""

    @admin.display(description="status", ordering="status")
    def shown_status(self, obj: Event | Report) -> SafeString:
        """The status with its shape."""
        return status_mark(obj.status)

    @admin.display(description="date", ordering="earliest")
    def shown_date(self, obj: Event | Report) -> SafeString:
        """The date in words and as EDTF."""
        return date_mark(obj.edtf)
