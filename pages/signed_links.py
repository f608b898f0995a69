"""Links that open one thing to whoever holds them: made of its reference and a secret of the site, and kept nowhere."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Protocol

from django.contrib.auth.decorators import login_not_required
from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from pages.addresses import absolute


class Referenced(Protocol):
    reference: str


@dataclass(frozen=True)
class SignedLinks[Thing: Referenced]:
    """`salt` says what they open: the link of one kind of thing opens no other. `page` names the first of its pages."""

    salt: str
    page: str

    def token_of(self, thing: Thing) -> str:
        return self._signer().sign(thing.reference)

    def path_of(self, thing: Thing, page: str = "") -> str:
        """One of the pages that the link opens, by its name; the first one otherwise."""
        return reverse(page or self.page, args=[self.token_of(thing)])

    def address_of(self, thing: Thing, page: str = "") -> str:
        """Its whole address, for a message."""
        return absolute(self.path_of(thing, page))

    def reference_of(self, token: str) -> str:
        """Raises Http404 for a token that this site did not make."""
        try:
            return self._signer().unsign(token)
        except BadSignature as error:
            raise Http404 from error

    def _signer(self) -> Signer:
        # Letters of a token are those of references and of base 64: a point is in neither.
        return Signer(salt=self.salt, sep=".")


type Shown[Thing] = Callable[[HttpRequest, Thing], HttpResponse]
type View = Callable[[HttpRequest, str], HttpResponse]


def opened_by[Thing](find: Callable[[str], Thing]) -> Callable[[Shown[Thing]], View]:
    """Decorates the pages of what `find(token)` finds: whoever has the link is the person.

    Its address is a secret: no other site and no search engine hears of it.
    Not `no-referrer`, under which browsers hide from the site itself that its
    own form is sent from it, and it would be refused.
    """

    def decorate(view: Shown[Thing]) -> View:
        @login_not_required
        @wraps(view)
        def answer(request: HttpRequest, token: str) -> HttpResponse:
            response = view(request, find(token))
            response["Referrer-Policy"] = "same-origin"
            response["X-Robots-Tag"] = "noindex"
            return response

        return answer

    return decorate
