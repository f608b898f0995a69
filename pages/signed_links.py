"""Links that open one thing to whoever holds them: made of its reference and a secret of the site, and kept nowhere."""

from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.http import Http404


@dataclass(frozen=True)
class SignedLinks:
    """`salt` says what they open: the link of one kind of thing opens no other."""

    salt: str

    def token_of(self, reference: str) -> str:
        return self._signer().sign(reference)

    def reference_of(self, token: str) -> str:
        """Raises Http404 for a token that this site did not make."""
        try:
            return self._signer().unsign(token)
        except BadSignature as error:
            raise Http404 from error

    def _signer(self) -> Signer:
        # Letters of a token are those of references and of base 64: a point is in neither.
        return Signer(salt=self.salt, sep=".")
