"""The names of a suggestion as an editor sees and corrects them before accepting it."""

from collections.abc import Sequence

from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.http import QueryDict

from timeline.admin.deciding import may_make
from timeline.models import Actor
from timeline.models.naming import Role, Tie

MOST = 100  # names that one suggestion is asked about


class TieForm(forms.Form):
    """One name: the record that bears it, a choice of several, or what is to be made."""

    role = forms.ChoiceField(choices=Role, widget=forms.HiddenInput)
    said = forms.CharField(widget=forms.HiddenInput, strip=False)
    take = forms.BooleanField(required=False)
    name = forms.CharField(max_length=200, required=False)
    kind = forms.ChoiceField(choices=Actor.Kind, required=False)
    record = forms.ChoiceField(required=False)

    def __init__(self, tie: Tie, user: AbstractBaseUser, data: QueryDict | None, prefix: str):
        initial = {"role": tie.role, "said": tie.said, "name": tie.said, "kind": tie.kind}
        super().__init__(data, prefix=prefix, initial=initial | {"take": tie.is_clear})
        self.tie = tie
        self.may_make = may_make(user, tie)
        bearers = [(str(one.pk), f"{one} ({one.slug})") for one in tie.bearers]
        self.fields["record"].choices = [("", "leave open"), *bearers]
        kind = "New place" if tie.role == Role.PLACE else f"New {tie.role}"
        self.fields["take"].widget.attrs["aria-label"] = (
            f"{kind} {tie.said}" if tie.is_new else f"Take over {tie.said}"
        )
        self.fields["name"].widget.attrs["aria-label"] = f"Name of the new record for {tie.said}"
        self.fields["kind"].widget.attrs["aria-label"] = f"What {tie.said} is"
        self.fields["record"].widget.attrs["aria-label"] = f"Who {tie.said} is"

    def clean(self) -> dict:
        """Ask for the name of what is to be made."""
        given = super().clean()
        if given.get("take") and self.tie.is_new and self.may_make and not given.get("name"):
            self.add_error("name", f"Write a name for “{self.tie.said}”, or untick it.")
        return given

    def chosen(self) -> Tie | None:
        """The tie as the editor wants it; None where the name is left out, or open."""
        if self.tie.is_ambiguous:
            wanted = self.cleaned_data["record"]
            self.tie.record = next((o for o in self.tie.bearers if str(o.pk) == wanted), None)
            return self.tie if self.tie.record else None
        if not self.cleaned_data["take"] or (self.tie.is_new and not self.may_make):
            return None
        self.tie.name = self.cleaned_data["name"] if self.tie.is_new else ""
        self.tie.kind = self.cleaned_data["kind"] or self.tie.kind
        return self.tie


class Names:
    """The forms of all names of a suggestion; without `data`, as they are first shown."""

    def __init__(
        self,
        ties: Sequence[Tie],
        user: AbstractBaseUser,
        pk: int,
        data: QueryDict | None = None,
        held: Sequence[Tie] = (),
    ) -> None:
        """`held` are those that the event offered for a merge has already."""
        self.forms = []
        for number, tie in enumerate(ties):
            sent = self._sent(tie, data)
            form = TieForm(tie, user, data if sent else None, sent or f"name-{number}")
            form.auto_id = f"s{pk}-%s"
            form.is_held = tie in held
            self.forms.append(form)

    @staticmethod
    def _sent(tie: Tie, data: QueryDict | None) -> str | None:
        """The prefix under which a name was sent, wherever it stands among the others."""
        prefixes = (f"name-{number}" for number in range(MOST) if data is not None)
        name = (tie.said, tie.role)
        return next(
            (one for one in prefixes if (data.get(f"{one}-said"), data.get(f"{one}-role")) == name),
            None,
        )

    @property
    def new(self) -> list[TieForm]:
        """Those that no record bears and the event offered does not do without."""
        return [form for form in self.forms if form.tie.is_new and not form.is_held]

    @property
    def ask(self) -> bool:
        """Whether an editor should look: a record is to be made, or several bear the name."""
        return bool(self.new) or any(form.tie.is_ambiguous for form in self.forms)

    @property
    def errors(self) -> list[str]:
        """What is wrong with what was sent, in sentences."""
        return [error for form in self.forms for errors in form.errors.values() for error in errors]

    def chosen(self, default: Sequence[Tie]) -> list[Tie]:
        """The ties as sent; a name that was not asked about is in if `default` has it."""
        ties = [
            form.chosen() if form.is_bound else (form.tie if form.tie in default else None)
            for form in self.forms
        ]
        return [tie for tie in ties if tie]
