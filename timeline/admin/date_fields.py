"""Where editors type dates: as people write them or as EDTF, with what is understood beneath."""

import datetime as dt
from typing import Any

from django import forms
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from timeline import dates
from timeline.typed_dates import EXAMPLES, read_typed

ISO_DAY = "%Y-%m-%d"  # 04/03/2018 is a day of April to one editor, of March to another
MAX_EDTF = 80  # the length of the longest column that holds one


class Typed(str):
    """What was typed, and the EDTF that the form showed beneath it when it was sent."""

    __slots__ = ("shown",)
    shown: str


class EdtfInput(forms.TextInput):
    """A text field with its interpretation beneath, from the server and then as one types.

    What is no EDTF is read as people write it: of a `day`, where it names no year. The form says
    in a field of its own which date it has shown.
    """

    day: dt.date | None = None

    class Media:
        js = (forms.Script("timeline/js/edtf.js", type="module"),)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Render the field and, where the value is a date, what it means."""
        attrs = {**(attrs or {}), "class": "edtf", "spellcheck": "false", "autocomplete": "off"}
        field = super().render(name, value, attrs, renderer)
        try:
            read = read_typed(str(value or ""), self.day)
            said = dates.interpretation(read)
        except ValueError:
            read = said = ""  # the form's own error stands above the field
        return format_html(
            '<span class="edtf-field" data-day="{}">{}<input type="hidden" name="{}" value="{}">'
            '<output class="edtf-said" for="{}" data-url="{}">{}</output></span>',
            self.day.isoformat() if self.day else "",
            field,
            _shown_name(name),
            read,
            attrs.get("id", ""),
            reverse("admin:interpret"),
            said,
        )

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return what was typed, with the date that was shown beneath."""
        value = super().value_from_datadict(data, files, name)
        if value is None:
            return None
        typed = Typed(value)
        if (shown := data.get(_shown_name(name))) is not None:
            typed.shown = shown
        return typed


def _shown_name(name: str) -> str:
    return f"{name}-shown"


class TypedDateField(forms.CharField):
    """“26 March”, “late 2011” or EDTF; clean, it is EDTF.

    Words are saved once their interpretation has been shown: as one typed, or else by the form
    that comes back with it.
    """

    widget = EdtfInput

    def __init__(self, *, day: dt.date | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.set_day(day)

    def set_day(self, day: dt.date | None) -> None:
        """Read words without a year as in an article of `day`."""
        self.day = day
        self.widget.day = day

    def to_python(self, value: Any) -> str:
        """Return the date as EDTF. Raises ValidationError for what is none."""
        try:
            return read_typed(super().to_python(value) or "", self.day)
        except ValueError as error:
            raise forms.ValidationError(str(error), "date") from error

    def clean(self, value: Any) -> Any:
        """Return the date as EDTF. Raises ValidationError where its words are to be confirmed."""
        read = super().clean(value)
        typed = " ".join(str(value or "").split())
        if read != typed and getattr(value, "shown", read) != read:
            said = f"Read as {dates.interpretation(read)}. If that is right, save again."
            raise forms.ValidationError(said, "confirm")
        return read


class InterpretForm(forms.Form):
    """A date that an editor is typing; cleaned, it is EDTF.

    With `day`, of an article, words need no year (“26 March”).
    """

    day = forms.DateField(required=False, input_formats=[ISO_DAY])

    edtf = forms.CharField(
        required=False,
        max_length=MAX_EDTF,
        error_messages={"max_length": f"A date has at most {MAX_EDTF} characters."},
    )

    def clean_edtf(self) -> str:
        """Return the date as EDTF. Raises ValidationError for what is none."""
        typed, day = self.cleaned_data["edtf"], self.cleaned_data.get("day")
        try:
            return read_typed(typed, day)
        except ValueError as error:
            raise forms.ValidationError(str(error), "edtf") from error


def interpret(request: HttpRequest) -> JsonResponse:
    """Answer how a date is understood, or what is wrong with it; for staff only."""
    form = InterpretForm(request.GET)
    if not form.is_valid():
        return JsonResponse({"error": next(iter(form.errors.values()))[0]})
    edtf = form.cleaned_data["edtf"]
    return JsonResponse({"said": dates.interpretation(edtf), "edtf": edtf})


HELP = f"As people write it, or EDTF: {EXAMPLES}, 2011-12~ (about), 2019-01-10/.. (open)."
