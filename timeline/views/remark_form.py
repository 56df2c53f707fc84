"""The form of a reader's remark: what it holds, and how programs are told from readers.

A program fills every field in, and sends at once. So there is a field that no reader sees, and the
form bears, signed, when and for which record it was made. Nobody else is asked.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from timeline.middleware import counted_address
from timeline.models import Article, Event, Remark
from timeline.models.remarks import MOST_CHARACTERS
from timeline.selection.fields import QueryBoundField

SOONEST, LATEST = dt.timedelta(seconds=3), dt.timedelta(days=1)
# What is shown again of a text that is much too long: no browser is sent a megabyte back
MOST_ECHO = 5 * MOST_CHARACTERS
_SALT = "timeline.remark"
_KEPT = "\n\t"


def plain(text: str) -> str:
    """Return a text as it can be stored and shown: without control characters and half pairs."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    whole = lines.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return "".join(c for c in whole if c in _KEPT or not (c < " " or "\x7f" <= c <= "\x9f"))


class EchoedField(forms.Field):
    """A field that shows again what a reader typed, as far as a browser should get it back."""

    def bound_data(self, data: Any, initial: Any) -> str:
        """Return what the reader typed, made plain."""
        return plain(str(data or ""))[:MOST_ECHO]


class PlainField(EchoedField, forms.CharField):
    """Text of a reader, made plain; with what is too long counted."""

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most = most

    def to_python(self, value: Any) -> str:
        """Return the text as it is kept."""
        return super().to_python(plain(str(value or ""))) or ""

    def validate(self, value: str) -> None:
        """Raise ValidationError where it is missing, or longer than is taken."""
        super().validate(value)
        if len(value) > self.most:
            said = f"This is too long: {self.most:,} characters at most, and it has {len(value):,}."
            if len(value) > MOST_ECHO:
                said += f" The first {MOST_ECHO:,} stand here."
            raise ValidationError(said, "max_length")


class AddressField(EchoedField, forms.EmailField):
    """An e-mail address."""

    def clean(self, value: Any) -> str:
        """Return the address. Raises ValidationError for one that cannot be held."""
        if plain(str(value or "")) != (value or ""):
            raise ValidationError(self.error_messages["invalid"], "invalid")
        return super().clean(value) or ""


class RemarkForm(forms.Form):
    """One question, and who answers it, if they like to say so.

    The page adds two fields by hand: `website`, which no reader sees and which is empty whenever it
    is shown, and `opened`, the signed time of the form.
    """

    bound_field_class = QueryBoundField

    text = PlainField(
        label="How can we improve?",
        most=MOST_CHARACTERS,
        error_messages={"required": "Write what is wrong, or what would be better."},
        widget=forms.Textarea(attrs={"class": "field", "rows": 7}),
    )
    name = PlainField(
        label="Your name, if you like",
        most=100,
        required=False,
        widget=forms.TextInput(attrs={"class": "field", "autocomplete": "name"}),
    )
    email = AddressField(
        label="Your e-mail, if you want an answer",
        required=False,
        max_length=254,
        error_messages={"invalid": "This is no e-mail address. Correct it, or leave it empty."},
        widget=forms.EmailInput(attrs={"class": "field", "autocomplete": "email"}),
    )

    def __init__(self, record: Event | Article, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, label_suffix="", use_required_attribute=False)
        self.record = record
        self.stamp = stamp(record)  # goes with the form as `opened`

    def clean(self) -> None:
        """Refuse in plain words what looks sent by a program; a reader sends it once more."""
        super().clean()
        if said := self._suspicion():
            self.add_error(None, f"{said} Nothing is lost: please send it once more.")

    def _suspicion(self) -> str:
        sent = str(self.data.get("opened", ""))
        opened = opened_at(sent, self.record)
        if opened is None:
            return "This form was not made here, or was changed on its way."
        age = timezone.now() - opened
        if age > LATEST:
            return "This form has been open for more than a day."
        self.stamp = sent  # so that the next try is late enough
        if age < SOONEST:
            return "This was sent within three seconds, as programs do."
        if self.data.get("website"):
            return "A field was filled in that readers do not see, as programs do."
        return ""

    def remark(self, request: HttpRequest, about: str) -> Remark:
        """Return what was sent, not yet stored; the form is valid."""
        is_event = isinstance(self.record, Event)
        return Remark(
            about=about[:500],
            text=self.cleaned_data["text"],
            name=" ".join(self.cleaned_data["name"].split()),
            email=self.cleaned_data["email"],
            sender=sender_of(request),
            **{"event" if is_event else "article": self.record},
        )


def stamp(record: Event | Article, at: dt.datetime | None = None) -> str:
    """Return, signed, for which record a form was made and when: now, unless told."""
    made = int((at or timezone.now()).timestamp())
    return signing.dumps([record._meta.model_name, record.pk, made], salt=_SALT)


def opened_at(signed: str, record: Event | Article) -> dt.datetime | None:
    """Return when the form was made; None where it was made for another record, or not here."""
    try:
        model, pk, made = signing.loads(signed, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    is_of_record = (model, pk) == (record._meta.model_name, record.pk)
    return dt.datetime.fromtimestamp(made, dt.UTC) if is_of_record else None


def sender_of(request: HttpRequest) -> str:
    """Return by what the remarks of one sender are counted; empty where none can be told.

    The address itself is not kept: a digest of it and the day, which nobody can undo without the
    secret key.
    """
    address = counted_address(request)
    if address is None:
        return ""
    value = f"{address} {timezone.now():%Y-%m-%d}"
    return salted_hmac(_SALT, value, algorithm="sha256").hexdigest()[:32]
