"""What somebody who came thinks, by the link of their booking."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from events import opinions
from events.forms.opinion import OpinionForm
from events.links import by_link
from events.models import Booking


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def opinion(request: HttpRequest, booking: Booking) -> HttpResponse:
    """Three questions, once; whoever did not come is not asked."""
    if not opinions.may_give(booking):
        raise Http404
    form = OpinionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            opinions.give(booking, **form.answers())
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return redirect(request.path)
    is_given = bool(booking.opinion_at) and not form.errors
    context = {"booking": booking, "session": booking.session, "form": form, "is_given": is_given}
    return render(request, "events/opinion/opinion.html", context)
