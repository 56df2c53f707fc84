"""Quotes: who said what, where it was printed, and when it was said."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from timeline.presenters.quotes import QuotesPage, known_quotes
from timeline.selection import DayForm, QuoteFilterForm
from timeline.views.fragments import HtmxHttpRequest, respond
from timeline.views.known import invalid_query


@require_safe
def quotes(request: HtmxHttpRequest) -> HttpResponse:
    """List quotes by speaker, outlet and words, in the order in which they were published."""
    day = DayForm(request.GET)
    if not day.is_valid():
        return invalid_query(request, day)
    form = QuoteFilterForm(request.GET, known_quotes(day.day_in_view))
    page = QuotesPage(day.day_in_view, form)
    url = page.filter.own_url if form.is_valid() else None
    return respond(request, "timeline/quotes.html", page, url=url)
