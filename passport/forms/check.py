from django import forms

from passport.checking import code_of

LONGEST = 60
NO_CODE = (
    "Ce code n’a pas la bonne forme\u00a0: il a seize lettres et chiffres, en quatre groupes de quatre. "
    "Il ne contient ni I, ni O, ni zéro, ni un."
)


class CheckForm(forms.Form):
    """What a printed document bears: its code, and its mark where one wants to know whether it is the latest."""

    code = forms.CharField(
        label="Code de vérification",
        help_text="Il est imprimé près du QR code. Avec ou sans tirets, en majuscules ou en minuscules.",
        max_length=LONGEST,
        error_messages={"required": "Tapez le code qui est imprimé sur le document.", "max_length": NO_CODE},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    tete = forms.CharField(
        label="Repère",
        help_text="Il suit le code, par exemple 12-3fa90c21d45b7e68. Il dit si un document plus récent existe.",
        max_length=LONGEST,
        required=False,
        error_messages={"max_length": "Ce repère est trop long\u00a0: recopiez celui du document."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        code = code_of(self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError(NO_CODE, code="form")
        return code
