"""Bring in an article: an editor pastes its text or uploads it as saved."""

import datetime as dt
import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFilesSent
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from timeline.admin.generics import File, editor_of
from timeline.error_messages import message_for
from timeline.ingest import (
    MAX_BYTES,
    IncompleteError,
    Outcome,
    Told,
    UnreadableError,
    ingest,
    read_bounded,
)
from timeline.models import Article
from timeline.models.articles import validate_published

log = logging.getLogger(__name__)
TOO_LONG = (
    f"It is too long for an article: {MAX_BYTES / 1e6:.0f} MB are allowed, and nothing was brought "
    "in. Go back to find your text, and bring its articles in one by one."
)
ASKED = ("published", "headline", "outlet")  # what a page may leave open
TOO_MANY = (
    f"These are too many files: {settings.DATA_UPLOAD_MAX_NUMBER_FILES} are allowed at once, "
    "and nothing was brought in."
)


class ManyFilesInput(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files, each checked as one."""

    widget = ManyFilesInput(attrs={"accept": ".txt,.html,.htm,text/plain,text/html"})

    def clean(self, data: list[Any] | None, initial: object = None) -> list[File]:
        """Return the files; an empty one is named when it is read."""
        return [file for file in data or [] if file]

    def has_changed(self, initial: object, data: list[Any] | None) -> bool:
        """Whether a file was given."""
        return bool(data)


class UploadForm(forms.Form):
    """A pasted text, files, or both; and what the text leaves open, once it was asked for."""

    published = forms.DateField(
        label="Day of publication",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    headline = forms.CharField(
        required=False, max_length=300, widget=forms.TextInput(attrs={"class": "vTextField"})
    )
    outlet = forms.CharField(
        required=False, max_length=200, widget=forms.TextInput(attrs={"class": "vTextField"})
    )
    text = forms.CharField(
        label="Paste its text",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=(
            "The whole page as copied, menus and all, or its HTML: Dateline finds headline, day "
            "of publication, byline and text."
        ),
    )
    files = ManyFilesField(  # type: ignore[assignment]  # hides the files of forms.Form
        label="Or upload files",
        required=False,
        help_text="Saved pages (.html) or texts (.txt), up to 10 MB each; several at once.",
    )

    def clean_published(self) -> dt.date | None:
        """Refuse a day on which no article was published."""
        day: dt.date | None = self.cleaned_data["published"]
        if day:
            validate_published(day.isoformat())
        return day

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        super().clean()
        given = self.cleaned_data
        if not (given.get("text") or "").strip() and not given.get("files"):
            self.add_error("text", "Paste the text of an article here, or choose a file below.")
        return given

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields to show: those of what a page may leave open only where it does."""
        is_asked = any(self[name].errors or self[name].value() for name in ASKED)
        return [field for field in self if is_asked or field.name not in ASKED]

    def bring_in(self, by: User) -> list[Outcome]:
        """Bring in all that can be read; what cannot is said beside its field."""
        text, files = self.cleaned_data["text"], self.cleaned_data["files"]
        told = Told(**{name: self.cleaned_data[name] or None for name in ASKED})
        found = [self._bring_in("text", "", lambda: text, by, told)] if text.strip() else []
        is_alone = len(files) == 1 and not text.strip()
        for file in files:
            reading = partial(read_bounded, file, file.size)
            about = told if is_alone else None
            found.append(self._bring_in("files", f"{file.name}: ", reading, by, about))
        return [outcome for outcome in found if outcome]

    def _bring_in(
        self, field: str, name: str, read: Callable[[], bytes | str], by: User, told: Any = None
    ) -> Outcome | None:
        """Bring one in, or say beside its field why not; nothing of it is stored then."""
        try:
            return ingest(read(), name.removesuffix(": "), told, by)
        except IncompleteError as error:
            if field == "text" or not self.data.get("text", "").strip():
                self._ask(name, error)
            # One text at a time stands in the form; a file that holds the same was read as that.
            elif error.text.split() != self.cleaned_data["text"].split():
                self.add_error(field, f"{name}{error} Bring it in by itself.")
        except UnreadableError as error:
            self.add_error(field, f"{name}{error}")
        except (DatabaseError, InterfaceError) as error:
            log.exception("An article could not be stored.")
            reason = (message_for(error) or "see the log").rstrip(".")
            said = f"{name}The database could not store it ({reason}). Try it again in a minute."
            self.add_error(field, said)
        return None

    def _ask(self, name: str, error: IncompleteError) -> None:
        """Ask for what a page leaves open, with its text and what was read of it in the form."""
        read = {"text": error.text, "headline": error.headline, "outlet": error.outlet}
        read["published"] = error.published.isoformat() if error.published else ""
        given = {field: value for field, value in self.data.items() if value.strip()}
        self.data = {field: value for field, value in read.items() if value} | given
        if error.days:
            choices = [(day.isoformat(), f"{day.day} {day:%B %Y}") for day in error.days]
            self.fields["published"].widget = forms.RadioSelect(choices=choices)
        self.add_error(error.field, f"{name}{error}")
        self.fields[error.field].widget.attrs["autofocus"] = True


def refused(field: str, reason: str) -> UploadForm:
    """Return the form with `reason` beside a field whose content Django refused to read."""
    form = UploadForm({})
    form.errors.clear()
    form.errors[field] = form.error_class([reason])
    return form


@csrf_exempt
def bring_in(request: HttpRequest) -> HttpResponse:
    """Show the form, or lead on; what is too much to be read is said beside its field.

    The check against forgery reads the whole request: it stands behind that of its size.
    """
    if not request.user.has_perm("timeline.add_article"):
        raise PermissionDenied
    try:
        form = UploadForm(request.POST or None, request.FILES or None)
    except RequestDataTooBig:
        return show(request, refused("text", TOO_LONG))
    except TooManyFilesSent:
        return show(request, refused("files", TOO_MANY))
    return csrf_protect(take)(request, form)


def take(request: HttpRequest, form: UploadForm) -> HttpResponse:
    """Lead on to the review of what came in, or show the form."""
    if request.method == "POST" and form.is_valid():
        outcomes = form.bring_in(editor_of(request))
        for outcome in outcomes:
            url = reverse("admin:review", args=[outcome.article.pk])
            level = messages.WARNING if outcome.warnings else messages.SUCCESS
            messages.add_message(request, level, format_html('<a href="{}">{}</a>', url, outcome))
        if form.is_valid() and len(outcomes) == 1:
            return redirect("admin:review", outcomes[0].article.pk)
        if form.is_valid():
            return redirect(f"{reverse('admin:timeline_article_changelist')}?review=open")
    return show(request, form)


def show(request: HttpRequest, form: UploadForm) -> HttpResponse:
    """Show the form with what is wrong beside its fields."""
    context = {
        **admin.site.each_context(request),
        "title": "Bring in an article",
        "form": form,
        "opts": Article._meta,
    }
    return TemplateResponse(request, "admin/timeline/article/bring_in.html", context)
