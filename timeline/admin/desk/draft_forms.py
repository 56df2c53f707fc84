"""The forms of a draft's page."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from timeline.admin.date_fields import TypedDateField
from timeline.admin.generics import ModelForm
from timeline.admin.records import RecordForm
from timeline.models import Candidate, Draft

_BESIDE = 40  # candidates that are offered to merge with
_MOST_DIGITS = 18  # of a key that a database can hold


class DecisionForm:
    """The keys that a decision sends; what is no key is 0, which none has."""

    def __init__(self, data: Any) -> None:
        self.data = data

    def number(self, name: str) -> int:
        """Return one key."""
        return next(iter(self.numbers(name)), 0)

    def numbers(self, name: str) -> list[int]:
        """Return all keys of a name."""
        sent = self.data.getlist(name)
        return [int(one) for one in sent if one.isdecimal() and len(one) <= _MOST_DIGITS]


class CutForm(ModelForm):
    """How many candidates to see."""

    shown = forms.IntegerField(label="See the first", min_value=1, max_value=500)

    class Meta:
        model = Draft
        fields = ("shown",)


class NamesField(forms.CharField):
    """A list of names, separated by commas or semicolons."""

    def prepare_value(self, value: Any) -> Any:
        """Show a list as “Moon Jae-in, Kim Jong-un”."""
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]  # of a JSON column
        """Return the names, each once."""
        names = [" ".join(one.split()) for one in str(value or "").replace(";", ",").split(",")]
        return list(dict.fromkeys(filter(None, names)))


class CandidateForm(RecordForm):
    """What a card says, as an editor wants it."""

    actors = NamesField(
        required=False, max_length=2000, help_text="Names, with commas: Moon Jae-in, Kim Jong-un."
    )

    class Meta:
        model = Candidate
        fields = ("title", "edtf", "status", "kind", "actors", "place")
        labels: ClassVar = {"edtf": "Date"}
        field_classes: ClassVar = {"edtf": TypedDateField}
        widgets: ClassVar = {"title": forms.TextInput, "place": forms.TextInput}


class OtherForm(forms.Form):
    """Another candidate of the draft."""

    other = forms.ChoiceField(label="Candidate", widget=forms.Select)

    def __init__(self, *args: Any, choices: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"] = forms.ChoiceField(label="Candidate", choices=choices)


def choices_beside(candidate: Candidate) -> list[tuple[int, str]]:
    """Return the waiting candidates to merge with: those of near dates first, then by rank."""
    waiting = candidate.draft.candidates.waiting().exclude(pk=candidate.pk).order_by("number")
    near = list(waiting[: max(candidate.draft.shown, 300)])
    day = candidate.earliest

    def distance(one: Candidate) -> tuple[int, int]:
        apart = abs((one.earliest - day).days) if one.earliest and day else 10_000
        return min(apart, 10_000), one.number

    return [
        (one.pk, f"No. {one.number} {one.title}, {one.date_words}")
        for one in sorted(near, key=distance)[:_BESIDE]
    ]
