"""The names of a suggestion as an editor sees and corrects them before accepting it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from timeline.admin.desk.actions import may_make
from timeline.admin.generics import AnyUser
from timeline.models import Actor
from timeline.models.name_links import NameLink, NameRole

MOST = 100  # names that one suggestion is asked about


class NameForm(forms.Form):
    """One name: the record that bears it, a choice of several, or what is to be made."""

    role = forms.ChoiceField(choices=NameRole, widget=forms.HiddenInput)
    said = forms.CharField(widget=forms.HiddenInput, strip=False)
    take = forms.BooleanField(required=False)
    name = forms.CharField(max_length=200, required=False)
    kind = forms.ChoiceField(choices=Actor.Kind, required=False)
    record = forms.ChoiceField(required=False)

    def __init__(self, link: NameLink, user: AnyUser, data: QueryDict | None, prefix: str):
        initial = {"role": link.role, "said": link.said, "name": link.said, "kind": link.kind}
        super().__init__(data, prefix=prefix, initial=initial | {"take": link.is_clear})
        self.link = link
        self.is_held = False  # whether the event offered for a merge has it already
        self.may_make = may_make(user, link)
        bearers = [(str(one.pk), f"{one} ({one.slug})") for one in link.bearers]
        self.fields["record"] = forms.ChoiceField(
            required=False, choices=[("", "leave open"), *bearers]
        )
        kind = "New place" if link.role == NameRole.PLACE else f"New {link.role}"
        self.fields["take"].widget.attrs["aria-label"] = (
            f"{kind} {link.said}" if link.is_new else f"Take over {link.said}"
        )
        self.fields["name"].widget.attrs["aria-label"] = f"Name of the new record for {link.said}"
        self.fields["kind"].widget.attrs["aria-label"] = f"What {link.said} is"
        self.fields["record"].widget.attrs["aria-label"] = f"Who {link.said} is"

    def clean(self) -> dict[str, Any]:
        """Ask for the name of what is to be made."""
        super().clean()
        given = self.cleaned_data
        if given.get("take") and self.link.is_new and self.may_make and not given.get("name"):
            self.add_error("name", f"Write a name for “{self.link.said}”, or untick it.")
        return given

    def chosen(self) -> NameLink | None:
        """The link as the editor wants it; None where the name is left out, or open."""
        if self.link.is_ambiguous:
            wanted = self.cleaned_data["record"]
            self.link.record = next((o for o in self.link.bearers if str(o.pk) == wanted), None)
            return self.link if self.link.record else None
        if not self.cleaned_data["take"] or (self.link.is_new and not self.may_make):
            return None
        self.link.name = self.cleaned_data["name"] if self.link.is_new else ""
        self.link.kind = self.cleaned_data["kind"] or self.link.kind
        return self.link


class NameForms:
    """The forms of all names of a suggestion; without `data`, as they are first shown."""

    def __init__(
        self,
        links: Sequence[NameLink],
        user: AnyUser,
        pk: int,
        data: QueryDict | None = None,
        held: Sequence[NameLink] = (),
    ) -> None:
        """`held` are those that the event offered for a merge has already."""
        self.forms = []
        for number, link in enumerate(links):
            sent = self._sent(link, data)
            form = NameForm(link, user, data if sent else None, sent or f"name-{number}")
            form.auto_id = f"s{pk}-%s"
            form.is_held = link in held
            self.forms.append(form)

    @staticmethod
    def _sent(link: NameLink, data: QueryDict | None) -> str | None:
        """The prefix under which a name was sent, wherever it stands among the others."""
        if data is None:
            return None
        prefixes = (f"name-{number}" for number in range(MOST))
        name = (link.said, link.role)
        return next(
            (one for one in prefixes if (data.get(f"{one}-said"), data.get(f"{one}-role")) == name),
            None,
        )

    @property
    def new(self) -> list[NameForm]:
        """Those that no record bears and the event offered does not do without."""
        return [form for form in self.forms if form.link.is_new and not form.is_held]

    @property
    def ask(self) -> bool:
        """Whether an editor should look: a record is to be made, or several bear the name."""
        return bool(self.new) or any(form.link.is_ambiguous for form in self.forms)

    @property
    def errors(self) -> list[str]:
        """What is wrong with what was sent, in sentences."""
        return [
            str(error) for form in self.forms for errors in form.errors.values() for error in errors
        ]

    def chosen(self, default: Sequence[NameLink]) -> list[NameLink]:
        """The links as sent; a name that was not asked about is in if `default` has it."""
        links = [
            form.chosen() if form.is_bound else (form.link if form.link in default else None)
            for form in self.forms
        ]
        return [link for link in links if link]
