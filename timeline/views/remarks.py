"""Remarks: what readers write to the desk of an event or an article, without an account."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from timeline.models import Article, Event, Timeline
from timeline.presenters.remarks import RemarkPage
from timeline.selection import DayForm, EventForm
from timeline.views.known import invalid_query, not_yet_reported
from timeline.views.remark_form import RemarkForm


@require_http_methods(["GET", "HEAD", "POST"])
def event_remark(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask what is wrong with a public event, and take what a reader writes."""
    return _remark(request, *_of_event(request, slug))


@require_safe
def event_thanks(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that a remark on an event has arrived, and what becomes of it."""
    return _thanks(request, *_of_event(request, slug))


@require_http_methods(["GET", "HEAD", "POST"])
def article_remark(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask what is wrong with a public article, and take what a reader writes."""
    return _remark(request, *_of_article(request, slug))


@require_safe
def article_thanks(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that a remark on an article has arrived, and what becomes of it."""
    return _thanks(request, *_of_article(request, slug))


def _of_event(request: HttpRequest, slug: str) -> tuple[DayForm, RemarkPage]:
    record = get_object_or_404(Event.objects.public(), slug=slug)
    timelines = Timeline.objects.public().filter(events=record).order_by("title", "pk")
    form = EventForm(request.GET, list(timelines))
    return form, RemarkPage(form.day_in_view, record, form.chosen)


def _of_article(request: HttpRequest, slug: str) -> tuple[DayForm, RemarkPage]:
    record = get_object_or_404(Article.objects.public(), slug=slug)
    form = DayForm(request.GET)
    return form, RemarkPage(form.day_in_view, record)


def _remark(request: HttpRequest, day: DayForm, page: RemarkPage) -> HttpResponse:
    if refused := _refused(request, day, page):
        return refused
    form = RemarkForm(page.record, request.POST if request.method == "POST" else None)
    status, until = (400 if form.is_bound else 200), None
    if form.is_valid():
        until = form.remark(request, page.called).send()
        if until is None:
            return redirect(f"{request.path}thanks/{_query(request)}")
        status = 429
    minutes = _minutes_to(until) if until else 0
    context = {"page": page, "form": form, "minutes": minutes}
    response = render(request, "timeline/remark.html", context, status=status)
    if minutes:
        response["Retry-After"] = str(minutes * 60)
    return response


def _thanks(request: HttpRequest, day: DayForm, page: RemarkPage) -> HttpResponse:
    context = {"page": page}
    return _refused(request, day, page) or render(request, "timeline/remark_thanks.html", context)


def _refused(request: HttpRequest, day: DayForm, page: RemarkPage) -> HttpResponse | None:
    """The answer where the day cannot be read, or nothing was reported by then."""
    if not day.is_valid():
        return invalid_query(request, day)
    if not page.called:
        return not_yet_reported(request, page.day, f"this {page.what}")
    return None


def _query(request: HttpRequest) -> str:
    query = request.META.get("QUERY_STRING", "")
    return f"?{query}" if query else ""


def _minutes_to(until: dt.datetime) -> int:
    return max(1, -(-round((until - timezone.now()).total_seconds()) // 60))
