"""What every form that takes a place asks: a way to reach the person."""

from typing import Any

from django import forms

from events.asked import NOT_REACHED


class ReachedForm(forms.Form):
    """One of `email` and `telephone` is needed: `events.asked` refuses it too, where there is no form."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not {"email", "telephone"} & set(self.errors) and not data.get("email") and not data.get("telephone"):
            self.add_error("email", NOT_REACHED)
        return data
