"""The end of a draft: what was accepted, and the timeline that it is published on."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.html import format_html

from timeline.admin.desk.draft_forms import DecisionForm
from timeline.admin.generics import ModelChoiceField, editor_of
from timeline.admin.rights import may_publish_draft, who_may
from timeline.models import Candidate, Draft, Event, Timeline
from timeline.models.event_checks import event_warnings
from timeline.models.events import EventQuerySet
from timeline.models.publishable import counted
from timeline.models.release import publish_draft


class TimelineForm(forms.Form):
    """The timeline to put events on: one that exists, or a new one under a title."""

    timeline = ModelChoiceField(
        Timeline.objects.all(), required=False, empty_label="A new timeline"
    )
    title = forms.CharField(label="Title of a new timeline", required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        """Ask for a title where no timeline is chosen."""
        given = super().clean() or {}
        if not given.get("timeline") and not given.get("title"):
            self.add_error("title", "Choose a timeline, or write a title for a new one.")
        return given

    @property
    def chosen(self) -> Timeline:
        """The timeline; a new one is still to be stored."""
        timeline: Timeline | None = self.cleaned_data["timeline"]
        return timeline or Timeline(title=self.cleaned_data["title"])


def draft_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a draft has become, and publish what is ticked on a timeline."""
    if not request.user.has_perms(("timeline.view_draft", "timeline.view_event")):
        raise PermissionDenied
    found = get_object_or_404(Draft.objects.select_related("timeline"), pk=pk)
    initial = {"timeline": found.timeline, "title": "" if found.timeline else found.title}
    form = TimelineForm(request.POST if request.method == "POST" else None, initial=initial)
    events = list(_accepted(found))
    ticked = [event.pk for event in events]
    if request.POST.get("do") == "hand-in":
        return _hand_in(request, found, events)
    if request.method == "POST":
        if not may_publish_draft(request.user):
            raise PermissionDenied
        sent = DecisionForm(request.POST).numbers("event")
        ticked = [event.pk for event in events if event.pk in sent]
        if not ticked:
            form.add_error(None, "Tick the events that you want to publish.")
        if form.is_valid():
            return _publish(request, found, form, [one for one in events if one.pk in ticked])
    context = {
        **admin.site.each_context(request),
        "title": f"Publish “{found}”",
        "draft": found,
        "form": form,
        "events": [(event, event_warnings(event)) for event in events],
        "ticked": ticked,
        "waiting": found.candidates.waiting().filter(number__lte=found.shown).count(),
        "may_publish": may_publish_draft(request.user),
        "may_hand_in": request.user.has_perm("timeline.change_event"),
        "publishers": who_may("publish_event"),
        "opts": Draft._meta,
        "is_nav_sidebar_enabled": False,
    }
    status = 400 if form.is_bound else 200
    return TemplateResponse(request, "admin/timeline/draft/publish.html", context, status=status)


def _accepted(found: Draft) -> EventQuerySet:
    """The events that the draft's candidates have become, by date."""
    accepted = found.candidates.filter(state=Candidate.State.ACCEPTED).values("event")
    events: EventQuerySet = Event.objects.filter(pk__in=accepted).prefetch_related(
        "participants", "reports__article__outlet", "quotes"
    )
    return events


def _hand_in(request: HttpRequest, found: Draft, events: Sequence[Event]) -> HttpResponse:
    """Ask a publisher for the ticked events, and go back to the page."""
    if not request.user.has_perm("timeline.change_event"):
        raise PermissionDenied
    sent = DecisionForm(request.POST).numbers("event")
    ticked = [event for event in events if event.pk in sent]
    if done := sum(event.hand_in(editor_of(request)) for event in ticked):
        messages.success(request, f"Handed in {counted(event=done)} for publication.")
    else:
        messages.warning(request, "Nothing was handed in: tick an event that is not in review.")
    return redirect("admin:draft_publish", found.pk)


def _publish(
    request: HttpRequest, found: Draft, form: TimelineForm, events: Sequence[Event]
) -> HttpResponse:
    timeline, published = publish_draft(found, editor_of(request), events, form.chosen)
    words = f"{published} event{' is' if published == 1 else 's are'} public now, on"
    link = format_html('{} <a href="{}">{}</a>.', words, timeline.get_absolute_url(), timeline)
    messages.success(request, link)
    return redirect(found.get_absolute_url())
