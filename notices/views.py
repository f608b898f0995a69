from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from notices.sent_mail import sent_mails

MAILS_ON_A_PAGE = 30


@login_not_required
@require_safe
@never_cache
def sent(request: HttpRequest) -> HttpResponse:
    """The mails this site has sent, on a machine where they go to a folder."""
    if not settings.SHOW_MAIL:
        raise Http404
    mails = Paginator(sent_mails(settings.MAIL_ROOT), MAILS_ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "notices/sent_mails.html", {"mails": mails})
