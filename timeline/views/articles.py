"""Articles: what each reported, in short, and where to read it."""

from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from timeline.models import Article, Event, Quote, Report
from timeline.presenters.story_versions import story_versions
from timeline.views.known import day_in_view, invalid_query, not_yet_reported

PAGE_SIZE = 50


@require_safe
def articles(request: HttpRequest) -> HttpResponse:
    """List the public articles, newest first."""
    selection = day_in_view(request, None, "page")
    if "known" in selection.errors:
        return invalid_query(request, selection)
    public = Article.objects.public().select_related("outlet")
    if selection.known:
        public = public.known_on(selection.known, selection.zone)
    counted = public.annotate(
        event_count=Count("reports", filter=Q(reports__in=Report.objects.public()), distinct=True),
        quote_count=Count("quotes", filter=Q(quotes__in=Quote.objects.public()), distinct=True),
    )
    page = Paginator(counted.latest_first(), PAGE_SIZE).get_page(selection.page)
    context = {"page": page, "selection": selection, "known": selection.known}
    status = 400 if selection.errors else 200
    return render(request, "timeline/articles.html", context, status=status)


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an article: bibliography, our abstract, its reports and quotes.

    The body is for those who may view articles, unless its licence lets everyone read it.
    """
    public = Article.objects.public().select_related("outlet")
    found = get_object_or_404(public, slug=slug)
    selection = day_in_view(request)
    if selection.errors:
        return invalid_query(request, selection)
    known, zone = selection.known, selection.zone
    rewrites = public.filter(pk__in=found.rewrites())
    if known:
        rewrites = rewrites.known_on(known, zone)
        if not public.known_on(known, zone).filter(pk=found.pk).exists():
            return not_yet_reported(request, selection, "this article")
    is_editor = request.user.has_perm("timeline.view_article")
    shows_private = is_editor and bool(found.body) and not found.public_body
    events = Event.objects.public().as_known_on(known, zone)
    reports = found.reports.public()
    quotes = Quote.objects.public().filter(article=found)
    context = {
        "article": found,
        "reports": reports.prefetch_related(Prefetch("event", events)),
        "quotes": quotes.select_related("article__outlet", "speaker").prefetch_related(
            "speaker__roles"
        ),
        "versions": story_versions(found, rewrites.order_by("published_at")),
        "body": found.body if is_editor else found.public_body,
        "is_editors_body": shows_private,
        "selection": selection,
        "known": known,
    }
    response = render(request, "timeline/article.html", context)
    if shows_private:
        patch_cache_control(response, private=True, no_store=True)
    return response
