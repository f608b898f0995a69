"""What administrators do with packages and grids, each on a screen that says what will happen before it does."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accompaniment import grids, packages
from accompaniment.forms.drafts import GridForm, VersionForm
from accompaniment.models import Grid, PackageVersion

PACKAGES = "accompaniment_packages"
GRIDS = "accompaniment_grids"


class DraftAction(WagtailAdminTemplateMixin, FormView):
    """On one version; a POST does it, by one rule, which may refuse."""

    template_name = "accounts/admin/action.html"
    form_class: Any = forms.Form
    queryset: Any = None
    viewset = ""
    permission = ""
    explanation = ""
    submit_button_label = ""
    done = ""
    # Given by the viewset to each of its views.
    model: Any = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        try:
            self.thing = get_object_or_404(self.queryset.all(), pk=kwargs["reference"])
        except (ValueError, OverflowError):
            raise Http404 from None
        return super().dispatch(request, *args, **kwargs)

    def perform(self, form: Any) -> Any:
        """The version to show next; nothing where it is gone."""
        raise NotImplementedError

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            shown = self.perform(form)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
            return self.form_invalid(form)
        messages.success(self.request, self.done)
        return redirect(self.after(shown))

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        messages.validation_error(self.request, "Rien n’a été fait.", form)
        return super().form_invalid(form)

    def after(self, shown: Any) -> str:
        return reverse(f"{self.viewset}:inspect", args=[shown.pk]) if shown else reverse(f"{self.viewset}:index")

    def get_page_subtitle(self) -> str:
        return str(self.thing)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        kind = self.thing._meta.verbose_name_plural.capitalize()
        return [
            *self.breadcrumbs_items,
            {"url": reverse(f"{self.viewset}:index"), "label": kind},
            {"url": self.after(self.thing), "label": str(self.thing)},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {
            "media": context["form"].media,
            "explanation": self.explanation,
            "submit_button_label": self.submit_button_label,
            "action_url": self.request.path,
            "back_url": self.after(self.thing),
        }


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


NEW = "Une copie, en brouillon, s’ouvre aussitôt. Rien ne change pour personne tant qu’elle n’est pas en vigueur."
LIVE = "Dès maintenant, {what} sur cette version. Elle ne changera plus jamais ; l’ancienne reste à qui l’a."
REMOVE = "Ce brouillon est effacé. Ce qui est en vigueur ne change pas."


class NewVersion(PackageAction):
    page_title = submit_button_label = "Nouvelle version"
    explanation = NEW
    done = "Voici le brouillon de la nouvelle version."

    def perform(self, _form: Any) -> PackageVersion:
        return packages.new_version(self.thing)

    def after(self, shown: Any) -> str:
        return super().after(shown) if shown == self.thing else reverse(f"{PACKAGES}:write", args=[shown.pk])


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


class NewGrid(GridAction):
    page_title = submit_button_label = "Nouvelle version"
    explanation = NEW
    done = NewVersion.done

    def perform(self, _form: Any) -> Grid:
        return grids.new_version(self.thing)

    def after(self, shown: Any) -> str:
        return super().after(shown) if shown == self.thing else reverse(f"{GRIDS}:write", args=[shown.pk])


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
