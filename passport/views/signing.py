"""The member’s signature: in their own session, by a link on their telephone, by their code on the counsellor’s."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.access import RoleRequest, for_role
from accounts.models import Member
from accounts.roles import Role
from passport import guessing, means, pins, reading, signing
from passport.forms.signing import ChooseForm, PinForm
from passport.models import Cheque, SigningLink
from passport.views.signed_things import facts_of

FORMS = ["GET", "HEAD", "POST"]


@for_role(Role.MEMBER)
@require_http_methods(FORMS)
def sign_cheque(request: RoleRequest, reference: str) -> HttpResponse:
    """All that is signed and what is left after, one button; signed, it says so. Not one on paper."""
    mine = Cheque.objects.filter(passport__in=reading.own(request.user))
    cheque = get_object_or_404(mine.select_related(*CHEQUE, "paper"), reference=reference)
    if hasattr(cheque, "paper") and cheque.state == Cheque.State.PROPOSED:
        return redirect("paper_confirm", reference)
    return sign_in_session(request, cheque, cheque.passport.member)


CHEQUE = ("passport__member__user", "passport__version", "counsellor__user")


def sign_in_session(request: Any, thing: signing.Thing, member: Member) -> HttpResponse:
    """Asks again who they are unless they have just shown it, then signs; what was pressed is not lost meanwhile."""
    refusal: list[str] = []
    if request.method == "POST":
        try:
            signing.sign(thing, member=member, how=means.session(shown(request)))
        except ValidationError as refused:
            refusal = refused.messages
        else:
            return redirect(request.path)
    return page(request, thing, "passport/signing/mine.html", refusal=refusal)


def shown(request: Any) -> str:
    how = means.of_session(request)
    if how is None:
        raise ReauthenticationRequired
    return how


def page(request: Any, thing: signing.Thing, template: str, *, refusal: Any = (), **more: Any) -> HttpResponse:
    context = facts_of(thing, timezone.now()) | {"refusal": refusal} | more
    context |= asks_again(request)
    return render(request, template, context, status=HTTPStatus.CONFLICT if refusal else HTTPStatus.OK)


def asks_again(request: Any) -> dict[str, Any]:
    """Whether who they are is asked before they sign; `way_back`, where somebody without a password comes in anew."""
    if means.of_session(request):
        return {"asks_again": False, "way_back": ""}
    query = urlencode({"next": request.path})
    has_ways = not request.user.is_authenticated or get_adapter().get_reauthentication_methods(request.user)
    return {"asks_again": True, "way_back": "" if has_ways else f"{reverse('account_request_login_code')}?{query}"}


@for_role(Role.MEMBER)
@sensitive_post_parameters()
@require_http_methods(FORMS)
def signing_code(request: RoleRequest) -> HttpResponse:
    """Choose a code, another one, or none. What is typed is never kept for later: it is a secret."""
    member = get_object_or_404(Member.objects.of(request.user).not_erased())
    asked = asks_again(request)
    if asked["way_back"]:
        return render(request, "passport/signing/come_back.html", asked)
    if asked["asks_again"]:
        way = get_adapter().get_reauthentication_methods(request.user)[0]["url"]
        return redirect(f"{way}?{urlencode({'next': request.path})}")
    if "remove" in request.POST:
        pins.remove(member)
        messages.success(request, "Votre code est supprimé. Vous signez sur votre téléphone, ou sur papier.")
        return redirect("signing_code")
    form = ChooseForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _chosen(form, member):
        messages.success(request, "Votre code est enregistré. Ne le dites à personne, pas même à votre conseiller.")
        return redirect("signing_code")
    return render(request, "passport/signing/code.html", {"form": form, "pin": pins.of(member)})


def _chosen(form: ChooseForm, member: Member) -> bool:
    try:
        pins.choose(member, form.cleaned_data["code"])
    except ValidationError as refused:
        form.add_error("code", refused)
        return False
    return True


def secret(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """An address that is a secret: no cache, no search engine and no other site hears of it."""

    @login_not_required
    @never_cache
    @sensitive_post_parameters()
    @require_http_methods(FORMS)
    @wraps(view)
    def answer(request: HttpRequest, token: str) -> HttpResponse:
        response = view(request, token)
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex"
        return response

    return answer


@secret
def sign_by_link(request: Any, token: str) -> HttpResponse:
    """Too old, used, unknown, or somebody else’s: one and the same page. Who tries many is slowed."""
    try:
        link = signing.find(token)
        if link.means == SigningLink.Means.PIN:
            return _here(request, link, token)
        return _there(request, link, token)
    except signing.DeadLinkError:
        is_slowed = guessing.has_guessed_enough(request)
        guessing.note_unknown(request)
        return _dead(request, HTTPStatus.TOO_MANY_REQUESTS if is_slowed else HTTPStatus.NOT_FOUND)


def _here(request: Any, link: SigningLink, token: str) -> HttpResponse:
    """On the counsellor’s telephone, where nobody is logged in for this page: the code alone signs."""
    request.user = AnonymousUser()
    thing, form = signing.thing_of(link), PinForm(request.POST if request.method == "POST" else None)
    template = "passport/signing/here.html"
    if form.is_valid():
        try:
            done = signing.sign_here(token, form.cleaned_data["code"])
        except ValidationError as refused:
            form.add_error("code" if hasattr(refused, "error_dict") else None, refused.messages)
        else:
            return page(request, done, template, is_done=True)
    elif request.method != "POST" and link.used_at:
        raise signing.DeadLinkError
    return page(request, thing, template, form=form)


def _there(request: Any, link: SigningLink, token: str) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect_to_login(request.path)
    thing = signing.thing_of(link)
    if signing.member_of(thing).user_id != request.user.pk:
        raise signing.DeadLinkError
    refusal: list[str] = []
    if request.method == "POST":
        try:
            signing.sign_there(token, request.user, how=shown(request))
        except ValidationError as refused:
            refusal = refused.messages
    if link.used_at or (request.method == "POST" and not refusal):
        return redirect(facts_of(thing, timezone.now())["own_page"])
    return page(request, thing, "passport/signing/mine.html", refusal=refusal)


def _dead(request: Any, status: HTTPStatus) -> HttpResponse:
    request.user = AnonymousUser()
    return render(request, "passport/signing/dead.html", {}, status=status)
