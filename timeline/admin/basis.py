"""How editors see and correct what a date and a status were read from: words and choices."""

import json
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from timeline import dates
from timeline.admin.date_fields import TypedDateField
from timeline.admin.records import RecordForm
from timeline.basis import MAX_NOTE, anchored, check, read
from timeline.basis.rules import BASES, DATE_RULES, LINKS, STATUS_RULES, Rule

_LABELS = (
    "Words that give the date, one expression a line",
    "How the words give the date",
    "Counted from (EDTF)",
    "Which day that is",
    "Why that dates the event",
    "Words that give the status, one expression a line",
    "How the words give the status",
    "Remark for readers",
)


def _choices(table: dict[str, Rule], empty: str) -> list[tuple[str, str]]:
    return [("", empty), *((key, f"{rule.label}: {rule.example}") for key, rule in table.items())]


_CHOICES = {
    1: _choices(DATE_RULES, "not said"),
    3: [("", "the article’s day"), *((key, rule.label) for key, rule in BASES.items())],
    4: _choices(LINKS, "the words are said of it"),
    6: _choices(STATUS_RULES, "not said"),
}


class BasisWidget(forms.MultiWidget):
    """The parts of a basis, each with its label."""

    use_fieldset = True

    def __init__(self) -> None:
        lines = {"rows": 2, "class": "vLargeTextField"}
        super().__init__(
            [
                forms.Select(choices=_CHOICES[at])
                if at in _CHOICES
                else forms.TextInput(attrs={"class": "vTextField", "spellcheck": "false"})
                if at == 2
                else forms.Textarea(attrs=lines)
                for at in range(len(_LABELS))
            ]
        )

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Render each part under its label."""
        values = value if isinstance(value, list) else self.decompress(value)
        stem = (attrs or {}).get("id", f"id_{name}")
        parts = [
            (f"{stem}_{at}", label, part.render(f"{name}_{at}", values[at], {"id": f"{stem}_{at}"}))
            for at, (label, part) in enumerate(zip(_LABELS, self.widgets, strict=True))
        ]
        labelled = '<div class="basis__part"><label for="{}">{}</label>{}</div>'
        return format_html('<div class="basis">{}</div>', format_html_join("", labelled, parts))

    def decompress(self, value: Any) -> list[str]:
        """Part a stored basis; what is stored amiss is left out."""
        basis = read(value)
        base = basis.date.base
        return [
            "\n".join(span.exact for span in basis.date.spans),
            basis.date.rule,
            base.edtf if base else "",
            base.of if base else "",
            basis.date.link,
            "\n".join(span.exact for span in basis.status.spans),
            basis.status.rule,
            basis.note,
        ]


class ShownBasis(forms.HiddenInput):
    """The basis that a form showed, which it carries along whole."""

    def format_value(self, value: Any) -> str:
        """Write it as JSON."""
        return json.dumps(value)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, Any]:
        """Read it; what is no basis counts as none."""
        try:
            return read(json.loads(data.get(name, ""))).as_data()
        except (ValueError, RecursionError):
            return {}


class BasisField(forms.MultiValueField):
    """A basis from its parts. Words come without their places, which EvidenceForm finds anew."""

    widget = BasisWidget
    hidden_widget = ShownBasis

    def __init__(self, **kwargs: Any) -> None:
        fields = [
            forms.ChoiceField(choices=_CHOICES[at], required=False)
            if at in _CHOICES
            else forms.CharField(required=False, max_length=MAX_NOTE if at == 7 else None)
            for at in range(len(_LABELS))
        ]
        super().__init__(fields, require_all_fields=False, **kwargs)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare line by line, for browsers end lines otherwise."""
        return super().has_changed(initial, [str(part).replace("\r\n", "\n") for part in data])

    def compress(self, parts: list[str]) -> dict[str, Any]:
        """Return the basis. Raises ValidationError where it would be none."""
        if not any(parts):
            return {}
        words, rule, edtf, of, link, cues, state, note = parts
        date: dict[str, Any] = {"rule": rule, "link": link, "spans": _spans(words)}
        if edtf:
            date["base"] = {"edtf": _valid(edtf.strip()), "of": of or "publication"}
        data = {"date": date, "status": {"rule": state, "spans": _spans(cues)}, "note": note}
        try:
            check(data)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        return read(data).as_data()


class EvidenceForm(RecordForm):
    """A form of evidence that keeps where the words stand that were read."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "basis" in self.initial:  # without what is stored amiss
            self.initial["basis"] = read(self.initial["basis"]).as_data()
            self.instance.basis = self.initial["basis"]
        edtf = self.fields.get("edtf")
        if isinstance(edtf, TypedDateField) and self.instance.article_id:
            edtf.set_day(self.instance.article.published_on)

    def clean_basis(self) -> dict[str, Any]:
        """Leave an untouched basis as it is stored; find the words of another in the text."""
        data, stored = self.cleaned_data["basis"], self.instance
        if "basis" not in self.changed_data:
            return dict(self.initial.get("basis") or {})
        if stored.pk is None or stored.start is None:
            return dict(data)
        return anchored(read(data), stored.article.body, stored.start, stored.end).as_data()


def _spans(lines: str) -> list[dict[str, str]]:
    return [{"exact": line.strip()} for line in lines.splitlines() if line.strip()]


def _valid(edtf: str) -> str:
    try:
        dates.validate(edtf)
    except ValueError as error:
        raise forms.ValidationError(str(error)) from error
    return edtf
