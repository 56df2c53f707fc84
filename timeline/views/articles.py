"""Articles: what each reported, in short, and where to read it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from timeline.models import Article
from timeline.presenters.articles import ArticlePage, ArticlesPage
from timeline.selection import DayForm, PageForm
from timeline.views.known import invalid_query, not_yet_reported


@require_safe
def articles(request: HttpRequest) -> HttpResponse:
    """List the public articles, newest first."""
    form = PageForm(request.GET)
    if "known" in form.errors:
        return invalid_query(request, form)
    page = ArticlesPage(form.day_in_view, form)
    status = 200 if form.is_valid() else 400
    return render(request, "timeline/articles.html", {"page": page}, status=status)


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an article: bibliography, our abstract, its reports and quotes.

    The body is for those who may view articles, unless its licence lets everyone read it.
    """
    found = get_object_or_404(Article.objects.public().select_related("outlet"), slug=slug)
    form = DayForm(request.GET)
    if not form.is_valid():
        return invalid_query(request, form)
    page = ArticlePage(form.day_in_view, found, request.user)
    if not page.is_known:
        return not_yet_reported(request, page.day, "this article")
    response = render(request, "timeline/article.html", {"page": page})
    if page.is_private:
        patch_cache_control(response, private=True, no_store=True)
    return response
