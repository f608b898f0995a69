"""What administrators do with packages and grids, each on a screen that says what will happen before it does."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages

from accompaniment import grids, packages
from accompaniment.forms.drafts import GridForm, VersionForm
from accompaniment.models import Grid, PackageVersion
from accounts.action_views import ActionView
from accounts.models import User

PACKAGES = "accompaniment_packages"
GRIDS = "accompaniment_grids"


class DraftAction(ActionView):
    """On one version of what is written as a draft, then goes live."""

    lookup = "pk"
    permission = ""
    done = ""

    def is_allowed(self, user: User) -> bool:
        return user.has_perm(self.permission)

    def perform(self, form: Any) -> Any:
        """The version to show next; nothing where it is gone."""
        raise NotImplementedError

    def answer(self, form: Any) -> HttpResponse:
        shown = self.perform(form)
        messages.success(self.request, self.done)
        return redirect(self.after(shown))

    def after(self, shown: Any) -> str:
        return self.address("inspect", shown.pk) if shown else self.address(self.listing)


class NewDraft(DraftAction):
    """A copy, which is written at once."""

    page_title = submit_button_label = "Nouvelle version"
    explanation = (
        "Une copie, en brouillon, s’ouvre aussitôt. Rien ne change pour personne tant qu’elle n’est pas en vigueur."
    )
    done = "Voici le brouillon de la nouvelle version."

    def after(self, shown: Any) -> str:
        return self.address("write", shown.pk)


class PackageAction(DraftAction):
    queryset = PackageVersion.objects.select_related("package")
    viewset = PACKAGES
    permission = "accompaniment.change_packageversion"
    header_icon = "list-ul"


class GridAction(DraftAction):
    queryset = Grid.objects.all()
    viewset = GRIDS
    permission = "accompaniment.change_grid"
    header_icon = "help"


LIVE = "Dès maintenant, {what} sur cette version. Elle ne changera plus jamais ; l’ancienne reste à qui l’a."
REMOVE = "Ce brouillon est effacé. Ce qui est en vigueur ne change pas."


class NewVersion(NewDraft, PackageAction):
    def perform(self, _form: Any) -> PackageVersion:
        return packages.new_version(self.thing)


class GoLive(PackageAction):
    page_title = submit_button_label = "Mettre en vigueur"
    explanation = LIVE.format(what="les feuilles de route qui commencent reposent")
    done = "Cette version est en vigueur."

    def perform(self, _form: Any) -> PackageVersion:
        return packages.go_live(self.thing)


class RemoveDraft(PackageAction):
    page_title = submit_button_label = "Supprimer le brouillon"
    explanation = REMOVE
    done = "Le brouillon est supprimé."

    def perform(self, _form: Any) -> None:
        packages.remove(self.thing)


class WriteDraft(PackageAction):
    """The whole draft: its durations, its price, what prolongs it, and its activities."""

    template_name = "accompaniment/admin/draft.html"
    page_title = "Modifier le brouillon"
    submit_button_label = "Enregistrer"
    explanation = "Chaque activité a ses heures, et celles d’une séance habituelle."
    done = "Le brouillon est enregistré."

    def get_form(self, _form_class: Any = None) -> VersionForm:
        return VersionForm(self.thing, self.request.POST if self.request.method == "POST" else None)

    def perform(self, form: Any) -> PackageVersion:
        data = form.cleaned_data
        return packages.write(self.thing, kinds=form.said(), **{name: data[name] for name in packages.FACTS})


class NewGrid(NewDraft, GridAction):
    def perform(self, _form: Any) -> Grid:
        return grids.new_version(self.thing)


class AskGrid(GridAction):
    page_title = submit_button_label = "Mettre en vigueur"
    explanation = LIVE.format(what="les diagnostics qui commencent s’écrivent")
    done = GoLive.done

    def perform(self, _form: Any) -> Grid:
        return grids.go_live(self.thing)


class RemoveGrid(GridAction):
    page_title = submit_button_label = "Supprimer le brouillon"
    explanation = REMOVE
    done = RemoveDraft.done

    def perform(self, _form: Any) -> None:
        grids.remove(self.thing)


class WriteGrid(GridAction):
    template_name = "accompaniment/admin/draft.html"
    page_title = "Modifier le brouillon"
    submit_button_label = "Enregistrer"
    explanation = "Ne demandez rien sur la santé. Le membre lit toutes les réponses."
    done = WriteDraft.done

    def get_form(self, _form_class: Any = None) -> GridForm:
        return GridForm(self.thing, self.request.POST if self.request.method == "POST" else None)

    def perform(self, form: Any) -> Grid:
        return grids.write(self.thing, form.said())
