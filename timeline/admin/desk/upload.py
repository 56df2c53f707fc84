"""Bring articles in: an editor pastes a text or addresses, or hands over files and folders."""

import logging
import re
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

from timeline.addresses import FetchError
from timeline.admin.desk.left_open import (
    FIELDS,
    address_field,
    checked_day,
    day_choices,
    day_field,
    text_field,
)
from timeline.admin.generics import File, editor_of
from timeline.error_messages import message_for
from timeline.fetch import as_utf8
from timeline.ingest import (
    MAX_BYTES,
    IncompleteError,
    Outcome,
    Told,
    UnreadableError,
    ingest,
)
from timeline.models import Article, Batch, BatchItem
from timeline.sources import LINES, Source, is_source, read_bounded, sources
from timeline.tasks import FETCHER, go_on

log = logging.getLogger(__name__)
TOO_LONG = (
    f"It is too long for an article: {MAX_BYTES / 1e6:.0f} MB are allowed, and nothing was brought "
    "in. Go back to find your text, and bring its articles in one by one."
)
TOO_MANY = (
    f"These are too many files: {settings.DATA_UPLOAD_MAX_NUMBER_FILES} are allowed at once, and "
    "nothing was brought in. Put them into a zip file, which may hold more."
)
TOO_BIG = (
    f"These files are too big together: {settings.MAX_UPLOAD / 1e6:.0f} MB are allowed at once, "
    "and nothing was brought in. Bring them in by parts, or on the command line."
)
NO_ARTICLE = "There is no .txt, .html, .jsonl or .zip file in this folder."
PASTED = "Pasted text"
MOST_ADDRESSES = 1000
# What an article may be stored without
OPEN = {"outlet", "url"}
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://|www\.", re.IGNORECASE)


class ManyFilesInput(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files, each checked as one."""

    def clean(self, data: list[Any] | None, initial: object = None) -> list[File]:
        """Return the files; an empty one is named when it is read."""
        return [file for file in data or [] if file]

    def has_changed(self, initial: object, data: list[Any] | None) -> bool:
        """Whether a file was given."""
        return bool(data)


class UploadForm(forms.Form):
    """A text, addresses, files, or all of them; and what one article leaves open, once asked."""

    published = day_field()
    headline = text_field(300)
    outlet = text_field(200)
    url = address_field()
    # What may stay open was asked for once
    asked = forms.CharField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label="Paste its text, or addresses",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=(
            "The whole page as copied, menus and all, or its HTML: Dateline finds headline, day "
            "of publication, byline and text. Or the addresses of pages, one a line."
        ),
    )
    files = ManyFilesField(  # type: ignore[assignment]  # hides the files of forms.Form
        label="Or upload files",
        required=False,
        widget=ManyFilesInput(attrs={"accept": ".txt,.html,.htm,.xhtml,.jsonl,.ndjson,.zip"}),
        help_text=(
            "Saved pages (.html), texts (.txt), JSON Lines (.jsonl: one object a line with text "
            "or html, published, headline, outlet, url), or a .zip of these; several at once."
        ),
    )
    folder = ManyFilesField(
        label="Or a folder",
        required=False,
        widget=ManyFilesInput(attrs={"webkitdirectory": True}),
        help_text="What in it is neither a page nor a text is left out.",
    )

    def clean_published(self) -> Any:
        """Refuse a day on which no article was published."""
        return checked_day(self.cleaned_data["published"])

    def clean_folder(self) -> list[File]:
        """Return what may hold an article; a folder without any is refused."""
        files = self.cleaned_data["folder"]
        found = [file for file in files if is_source(file.name or "")]
        if files and not found:
            raise forms.ValidationError(NO_ARTICLE)
        return found

    def clean(self) -> dict[str, Any]:
        """Ask for one of these."""
        super().clean()
        given = self.cleaned_data
        is_given = (given.get("text") or "").strip() or given.get("files") or given.get("folder")
        if not is_given and not self.errors:
            self.add_error("text", "Paste the text of an article here, or choose a file below.")
        words = (given.get("text") or "").split()
        if words and not self._addresses() and all(map(_ADDRESS.match, words)):
            self.add_error("text", "Each address begins with http:// or https://.")
        if len(self._addresses()) > MOST_ADDRESSES:
            self.add_error("text", f"{MOST_ADDRESSES} addresses are allowed at once.")
        return given

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields to show: those of what a page may leave open only where it does."""
        asked = {name for name in FIELDS if self[name].errors or self[name].value()}
        if asked:
            asked |= OPEN if self["outlet"].errors else set(FIELDS)
        return [one for one in self.visible_fields() if one.name in asked or one.name not in FIELDS]

    def bring_in(self, by: User) -> Outcome | Batch | None:
        """Bring one article in, or begin a batch of several; what is wrong is said at its field."""
        text: str = self.cleaned_data["text"]
        files = [*self.cleaned_data["files"], *self.cleaned_data["folder"]]
        addresses = self._addresses()
        if text.strip() and not addresses and (not files or _is_again(text, files)):
            return self._one("text", "", by, text)
        if len(addresses) == 1 and not files:
            return self._fetched(addresses[0], by)
        if len(files) == 1 and not text.strip() and not _holds_several(files[0].name):
            return self._of_file(files[0], by)
        return self._batch(text, addresses, files, by)

    def _addresses(self) -> list[str]:
        """The addresses that were pasted in place of a text, each once."""
        lines = (self.cleaned_data.get("text") or "").split()
        is_address = all(one.lower().startswith(("http://", "https://")) for one in lines)
        return list(dict.fromkeys(lines)) if is_address else []

    def _of_file(self, file: File, by: User) -> Outcome | None:
        name = f"{file.name}: "
        try:
            return self._one("files", name, by, read_bounded(file, file.size))
        except UnreadableError as error:
            self.add_error("files", f"{name}{error}")
        return None

    def _fetched(self, address: str, by: User) -> Outcome | None:
        """Fetch a page and bring it in; what it leaves open is asked with its text in the form."""
        try:
            page = FETCHER.fetch(address)
        except FetchError as error:
            self.add_error("text", str(error))
            return None
        self.cleaned_data["url"] = page.address
        self.data = {"url": page.address}
        return self._one("text", "", by, as_utf8(page))

    def _one(self, field: str, name: str, by: User, page: bytes | str) -> Outcome | None:
        """Bring one in, or say beside its field why not; nothing of it is stored then."""
        told = Told(**{name: self.cleaned_data[name] or None for name in FIELDS})
        try:
            asks_outlet = not self.cleaned_data["asked"]
            return ingest(page, name.removesuffix(": "), told, by, asks_outlet=asks_outlet)
        except IncompleteError as error:
            self._ask(name, error)
        except UnreadableError as error:
            self.add_error(field, f"{name}{error}")
        except (DatabaseError, InterfaceError) as error:
            self.add_error(field, f"{name}{_not_stored(error)}")
        return None

    def _ask(self, name: str, error: IncompleteError) -> None:
        """Ask for what a page leaves open, with its text and what was read of it in the form."""
        read = {"text": error.text, "headline": error.headline, "outlet": error.outlet}
        read["published"] = error.published.isoformat() if error.published else ""
        given = {field: value for field, value in self.data.items() if value.strip()}
        self.data = {field: value for field, value in read.items() if value} | given
        self.data["asked"] = error.field
        if error.days:
            self.fields["published"].widget = day_choices(list(error.days))
        self.add_error(error.field, f"{name}{error}")
        self.fields[error.field].widget.attrs["autofocus"] = True

    def _batch(self, text: str, addresses: list[str], files: list[File], by: User) -> Batch | None:
        """Begin a batch; where nothing in it can be read, say why and begin none."""
        items = [
            _item(source) for file in files for source in sources(file.name or "", file, file.size)
        ]
        if addresses:
            items += [BatchItem(name=one[:300], address=one) for one in addresses]
        elif text.strip():
            items.append(BatchItem.of_page(PASTED, text.encode("utf-8", "replace")))
        if not any(item.can_be_read for item in items):
            for item in items[:20]:
                self.add_error("files", f"{item}: {item.said}")
            return None
        try:
            return Batch.objects.begin(by, _named(addresses or text, files), items)
        except (DatabaseError, InterfaceError) as error:
            self.add_error("files", _not_stored(error))
            return None


def _is_again(text: str, files: list[File]) -> bool:
    """Whether the one file is chosen again whose text stands in the form."""
    if len(files) != 1 or _holds_several(files[0].name):
        return False
    raw = files[0].read(MAX_BYTES)
    files[0].seek(0)
    return bool(raw.decode("utf-8", "replace").split() == text.split())


def _holds_several(name: str | None) -> bool:
    return (name or "").lower().endswith((*LINES, ".zip"))


def _item(source: Source) -> BatchItem:
    """Return an article that was handed over as an item; one with a fault is settled already."""
    name = "".join(filter(str.isprintable, source.name))
    if source.fault:
        return BatchItem(
            name=name[-300:], state=BatchItem.State.FAILED, said=source.fault, can_be_read=False
        )
    return BatchItem.of_page(name[-300:], source.page, told=source.told)


def _named(text: str | list[str], files: list[File]) -> str:
    """Return what a batch is called: its one file, or how many of what."""
    parts = [files[0].name or "" if len(files) == 1 else f"{len(files)} files"] if files else []
    if isinstance(text, list):
        parts.append(f"{len(text)} address{'' if len(text) == 1 else 'es'}")
    elif text.strip():
        parts.append("a text")
    return " and ".join(parts)


def _not_stored(error: Exception) -> str:
    log.exception("An article could not be stored.")
    reason = (message_for(error) or "see the log").rstrip(".")
    return f"The database could not store it ({reason}). Try it again in a minute."


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
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdecimal() and int(length) > settings.MAX_UPLOAD:
        return show(request, refused("files", TOO_BIG))
    try:
        form = UploadForm(request.POST or None, request.FILES or None)
    except RequestDataTooBig:
        return show(request, refused("text", TOO_LONG))
    except TooManyFilesSent:
        return show(request, refused("files", TOO_MANY))
    return csrf_protect(take)(request, form)


def take(request: HttpRequest, form: UploadForm) -> HttpResponse:
    """Lead on to the review of what came in, or to the batch, or show the form."""
    if request.method == "POST" and form.is_valid():
        brought = form.bring_in(editor_of(request))
        if isinstance(brought, Batch):
            go_on(brought)
            return redirect("admin:batch", brought.pk)
        if brought:
            url = reverse("admin:review", args=[brought.article.pk])
            level = messages.WARNING if brought.warnings else messages.SUCCESS
            messages.add_message(request, level, format_html('<a href="{}">{}</a>', url, brought))
            return redirect("admin:review", brought.article.pk)
    return show(request, form)


def show(request: HttpRequest, form: UploadForm) -> HttpResponse:
    """Show the form with what is wrong beside its fields."""
    context = {
        **admin.site.each_context(request),
        "title": "Bring in articles",
        "form": form,
        "opts": Article._meta,
    }
    return TemplateResponse(request, "admin/timeline/article/bring_in.html", context)
