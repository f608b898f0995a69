from http import HTTPMethod
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from home.contact import receive, too_many
from home.forms import ContactForm
from pages.blocks import Body
from pages.models import BasePage


class ContactPage(BasePage):
    """How to reach the association: telephone, « être rappelé », a form."""

    body = StreamField(Body(required=False), blank=True, verbose_name="texte")
    thanks = models.TextField("remerciement", max_length=300, default="Merci, votre message est bien arrivé.")

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body"), FieldPanel("thanks")]
    max_count = 1
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    allowed_http_methods = [*BasePage.allowed_http_methods, HTTPMethod.POST]
    search_kind = "association"

    class Meta:
        verbose_name = "page de contact"

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ContactForm(request.POST or None)
        if request.method != "POST" or not form.is_valid():
            return self._answer(request, form, status=200)
        if form.is_trapped:
            return redirect(f"{self.address}?merci=1")
        if too_many(request):
            form.add_error(None, "Vous avez envoyé plusieurs messages de suite. Attendez une heure, ou appelez-nous.")
            return self._answer(request, form, status=429)
        receive(form.save(commit=False))
        return redirect(f"{self.address}?merci=1")

    def _answer(self, request: HttpRequest, form: ContactForm, *, status: int) -> HttpResponse:
        context = self.get_context(request) | {"form": form, "is_sent": "merci" in request.GET}
        return TemplateResponse(request, self.get_template(request), context, status=status)
