"""Articles and outlets for editors, with the way to the review desk."""

from collections.abc import Collection, Iterable
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from timeline.admin.columns import list_link
from timeline.admin.desk.changes import changes, versions_and_copies
from timeline.admin.desk.done import review_done
from timeline.admin.desk.review import review
from timeline.admin.desk.upload import bring_in
from timeline.admin.fields import DeskFields
from timeline.admin.generics import Listed, ModelAdmin, Rows, editor_of
from timeline.admin.publishable import (
    PublicFilter,
    PublishableAdmin,
    StateFilter,
    warn_of_unreported,
)
from timeline.admin.records import RecordAdmin
from timeline.drafting import begin
from timeline.models import Article, Event, Outlet, Suggestion
from timeline.models.drift import adrift_of
from timeline.models.publishable import Publishable, counted


class ReviewFilter(admin.SimpleListFilter):
    """Articles by whether suggestions wait."""

    title = "review"
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        """Offer the states."""
        return [("open", "Suggestions wait"), ("done", "All reviewed"), ("none", "No text yet")]

    def queryset(self, request: HttpRequest, queryset: Rows) -> Rows:
        """Narrow by the state."""
        conditions = {
            "open": Q(open_count__gt=0),
            "done": Q(open_count=0) & ~Q(body=""),
            "none": Q(body=""),
        }
        return queryset.filter(conditions.get(self.value() or "", Q()))


@admin.register(Article)
class ArticleAdmin(DeskFields, PublishableAdmin, RecordAdmin):
    """Articles: list, search, correct, review, publish."""

    list_display = (
        "headline",
        "lead",
        "outlet",
        "published_on",
        "report_count",
        "quote_count",
        "to_review",
        "public",
    )
    list_filter = (
        ReviewFilter,
        StateFilter,
        PublicFilter,
        ("outlet", admin.RelatedOnlyFieldListFilter),
        "language",
        ("reports__event__timelines", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("outlet",)
    search_fields = ("headline", "byline", "abstract", "body", "slug", "outlet__name")
    date_hierarchy = "published_on"
    ordering = ("-published_at",)
    autocomplete_fields = ("outlet",)
    prepopulated_fields: ClassVar = {"slug": ("headline",)}
    change_list_template = "admin/timeline/article/change_list.html"
    list_per_page = 50
    actions = (*PublishableAdmin.actions, "gather")
    fieldsets = (
        (None, {"fields": ("headline", ("outlet", "via"), "published", "url", "abstract")}),
        (
            "As printed",
            {
                "fields": (
                    ("lead", "section", "byline"),
                    "labels",
                    ("dateline_place", "dateline_date", "dateline_agency"),
                    ("correction", "correction_paragraphs"),
                    "captions",
                )
            },
        ),
        ("Text", {"fields": ("body", ("language", "licence")), "classes": ("collapse",)}),
        ("For the desk", {"fields": (("slug", "story"), "alike", "note")}),
    )
    readonly_fields = ("alike",)

    def get_queryset(self, request: HttpRequest) -> Rows:
        """Count reports, quotes and open suggestions in the same query, and what waits."""
        report_waits = Q(reports__is_published=False, reports__event__is_published=True)
        quote_waits = Q(quotes__is_published=False, quotes__withdrawn_at=None)
        quote_waits &= Q(quotes__withdrawn_with=None)
        pending = Q(suggestions__state=Suggestion.State.PENDING)
        rows: Rows = (
            super()
            .get_queryset(request)
            .annotate(
                reported=Count("reports", distinct=True),
                quoted=Count("quotes", distinct=True),
                open_count=Count("suggestions", filter=pending, distinct=True),
                suggestion_count=Count("suggestions", distinct=True),
                seen=Exists(Article.objects.public().filter(pk=OuterRef("pk"))),
                waits=Count("reports", filter=report_waits, distinct=True)
                + Count("quotes", filter=quote_waits, distinct=True),
            )
        )
        return rows

    @admin.action(description="Gather in a new draft", permissions=["gather"])
    def gather(self, request: HttpRequest, queryset: Rows) -> HttpResponse:
        """Make a draft of the articles, and go on to its title and topic."""
        draft = begin(queryset.exclude(body=""), editor_of(request))
        messages.success(request, "The draft is ranked. Give it a title, and words of its topic.")
        return redirect("admin:timeline_draft_change", draft.pk)

    def has_gather_permission(self, request: HttpRequest) -> bool:
        """Whether the user may begin drafts."""
        return request.user.has_perm("timeline.add_draft")

    def get_urls(self) -> list[Any]:
        """Add the pages that bring articles in and review what they suggest."""
        view = self.admin_site.admin_view
        return [
            path("bring-in/", view(bring_in), name="bring_in"),
            path("<int:pk>/review/", view(review), name="review"),
            path("<int:pk>/review/done/", view(review_done), name="review_done"),
            path("<int:pk>/changes/", view(changes), name="changes"),
            *super().get_urls(),
        ]

    def save_changed(self, request: HttpRequest, record: Any, columns: Collection[str]) -> None:
        """Save what was changed; events follow another order of what is reported of them."""
        super().save_changed(request, record, columns)
        if "body" in columns and (lost := adrift_of(record)):
            said = f"Not found in the text as it is now: {counted(**lost)}."
            url = reverse("admin:review", args=[record.pk])
            link = format_html('{} <a href="{}">See what they are</a>.', said, url)
            self.message_user(request, link, messages.WARNING)

    def take_off(self, request: HttpRequest, records: Iterable[Publishable]) -> tuple[int, int]:
        """Take articles off the public pages; name the public events that no report is left of."""
        done = super().take_off(request, records)
        keys = [record.pk for record in records]
        reported = Event.objects.filter(reports__article__in=keys).distinct()
        warn_of_unreported(request, reported)
        return done

    def lock_for_deletion(self, keys: Collection[int]) -> None:
        """Let no decision add to the articles: as `Suggestion.accept`, suggestions come first."""
        for rows in (
            Suggestion.objects.filter(article__in=keys),
            Article.objects.filter(pk__in=keys),
        ):
            list(rows.order_by("pk").select_for_update().values_list("pk", flat=True))

    @admin.display(description="versions and copies")
    def alike(self, article: Article) -> SafeString | str:
        """The other versions of its story, and articles with nearly the same text."""
        return (
            format_html_join(
                SafeString("<br>"),
                '<a href="{}?other={}">{}</a>{}',
                (
                    (
                        reverse("admin:changes", args=[article.pk]),
                        other.pk,
                        other,
                        ""
                        if other.story and other.story == article.story
                        else ": nearly the same text",
                    )
                    for other in (versions_and_copies(article) if article.pk else ())
                ),
            )
            or self.get_empty_value_display()
        )

    @admin.display(description="reports", ordering="reported")
    def report_count(self, article: Listed) -> SafeString:
        """How many events it reports."""
        return list_link("report", article.reported, article__id__exact=article.pk)

    @admin.display(description="quotes", ordering="quoted")
    def quote_count(self, article: Listed) -> SafeString:
        """How many quotes it holds."""
        return list_link("quote", article.quoted, article__id__exact=article.pk)

    @admin.display(description="to review", ordering="open_count")
    def to_review(self, article: Listed) -> SafeString:
        """How many suggestions wait, as the way to them."""
        if not article.suggestion_count:
            return SafeString('<span class="quiet">–</span>')
        return format_html(
            '<a class="to-review{}" href="{}">{}</a>',
            "" if article.open_count else " to-review--done",
            reverse("admin:review", args=[article.pk]),
            f"{article.open_count} of {article.suggestion_count}" if article.open_count else "done",
        )


@admin.register(Outlet)
class OutletAdmin(DeskFields, RecordAdmin):
    """Who publishes."""

    list_display = ("name", "kind", "country", "language", "article_count")
    list_filter = ("kind", "country", "language")
    search_fields = ("name", "slug")
    prepopulated_fields: ClassVar = {"slug": ("name",)}

    def get_queryset(self, request: HttpRequest) -> Rows:
        """Count articles in the same query."""
        rows: Rows = super().get_queryset(request).annotate(article_total=Count("articles"))
        return rows

    @admin.display(description="articles", ordering="article_total")
    def article_count(self, outlet: Listed) -> SafeString:
        """How many articles are here."""
        return list_link("article", outlet.article_total, outlet__id__exact=outlet.pk)
