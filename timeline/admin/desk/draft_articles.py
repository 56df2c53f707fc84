"""The articles of a draft: which it gathers, which stand aside, and a search for more."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from timeline.admin.date_fields import ISO_DAY
from timeline.admin.desk.draft_forms import DecisionForm
from timeline.admin.generics import ModelChoiceField, Rows
from timeline.drafting import rank
from timeline.models import Article, Draft, Outlet

FOUND = 200  # articles that a search shows
MOST_WORDS = 8


def _day() -> forms.DateInput:
    return forms.DateInput(format=ISO_DAY, attrs={"type": "date"})


class SearchForm(forms.Form):
    """Which articles an editor looks for: words, an outlet, days of publication."""

    q = forms.CharField(label="Words", required=False, max_length=200)
    outlet = ModelChoiceField(Outlet.objects.all(), required=False)
    since = forms.DateField(label="From", required=False, input_formats=[ISO_DAY], widget=_day())
    until = forms.DateField(label="To", required=False, input_formats=[ISO_DAY], widget=_day())

    def clean(self) -> dict[str, object]:
        """Refuse days in the wrong order."""
        given = super().clean() or {}
        since, until = given.get("since"), given.get("until")
        if since and until and since > until:
            self.add_error("until", "The last day lies before the first.")
        return given

    def found(self, draft: Draft) -> Rows:
        """Return the articles with a text that are asked for and are not in the draft yet."""
        given = self.cleaned_data
        found = Article.objects.exclude(body="").exclude(drafts=draft).select_related("outlet")
        for word in given["q"].split()[:MOST_WORDS]:
            found = found.filter(Q(headline__icontains=word) | Q(body__icontains=word))
        if given["outlet"]:
            found = found.filter(outlet=given["outlet"])
        if given["since"]:
            found = found.filter(published_on__gte=given["since"])
        if given["until"]:
            found = found.filter(published_on__lte=given["until"])
        return found.latest_first().defer("body")


def draft_articles(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a draft gathers and search for more; add or take out what is ticked."""
    if not request.user.has_perms(("timeline.view_draft", "timeline.view_article")):
        raise PermissionDenied
    found = get_object_or_404(Draft, pk=pk)
    if request.method == "POST":
        return _change(request, found)
    form = SearchForm(request.GET or None)
    is_asked = form.is_bound and form.is_valid()
    articles = form.found(found) if is_asked else Article.objects.none()
    context = {
        **admin.site.each_context(request),
        "title": f"Articles of “{found}”",
        "draft": found,
        "form": form,
        "is_asked": is_asked,
        "found": articles[:FOUND],
        "count": articles.count() if is_asked else 0,
        "gathered": found.gathered.select_related("article__outlet")
        .defer("article__body")
        .order_by("article__published_at", "pk"),
        "may_change": request.user.has_perm("timeline.change_draft"),
        "opts": Draft._meta,
        "is_nav_sidebar_enabled": False,
    }
    return TemplateResponse(request, "admin/timeline/draft/articles.html", context)


def _change(request: HttpRequest, found: Draft) -> HttpResponse:
    """Add or take out articles, and rank anew what is gathered then."""
    if not request.user.has_perm("timeline.change_draft"):
        raise PermissionDenied
    keys = DecisionForm(request.POST).numbers("article")
    here = f"{reverse('admin:draft_articles', args=[found.pk])}?{request.GET.urlencode()}"
    do = request.POST.get("do", "")
    if not keys or do not in ("add", "drop"):
        messages.error(request, "Nothing was changed: tick the articles that you want.")
        return redirect(here)
    if do == "add":
        articles = Article.objects.filter(pk__in=keys).exclude(body="")
        number = found.gather(articles.only("pk"))
        said = f"Added {number} article{'' if number == 1 else 's'}"
    else:
        number = found.drop(keys)
        said = f"Took out {number} article{'' if number == 1 else 's'}"
    rank(found)
    messages.success(request, f"{said}. The candidates were ranked anew.")
    return redirect(found.get_absolute_url() if do == "add" else here)
