from typing import Any

from django import forms

from home.models.messages import ContactMessage


class ContactForm(forms.ModelForm[ContactMessage]):
    """A message, or a number to call back. `site_web` is a trap: people do not see it, robots fill it in."""

    site_web = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))

    class Meta:
        model = ContactMessage
        fields = ("kind", "name", "email", "telephone", "best_time", "subject", "text")
        widgets = {
            "kind": forms.RadioSelect,
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "telephone": forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"}),
            "text": forms.Textarea(attrs={"rows": 6}),
        }
        error_messages = {"name": {"required": "Dites-nous votre nom."}}
        labels = {"kind": "Vous souhaitez", "name": "Votre nom", "text": "Votre message"}
        help_texts = {
            "email": "Une adresse ou un téléphone suffit.",
            "best_time": "Par exemple « le matin », « mardi après 14 h ».",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]  # a choice field
            (ContactMessage.Kind.MESSAGE, "Écrire un message"),
            (ContactMessage.Kind.CALLBACK, "Être rappelé"),
        ]

    @property
    def is_trapped(self) -> bool:
        return bool(self.data.get("site_web"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") == ContactMessage.Kind.CALLBACK:
            self._require("telephone", "Donnez le numéro auquel vous rappeler.")
        else:
            self._require("text", "Écrivez votre message.")
            if not data.get("telephone"):
                self._require("email", "Donnez une adresse e-mail ou un téléphone, pour que nous puissions répondre.")
        return data

    def _require(self, field: str, sentence: str) -> None:
        if field not in self.errors and not self.cleaned_data.get(field):
            self.add_error(field, sentence)
