from events.forms.booking import BookingChangeForm, BookingForm
from events.forms.editing import ActionForm, CancelForm, RepeatForm, SessionForm

__all__ = ["ActionForm", "BookingChangeForm", "BookingForm", "CancelForm", "RepeatForm", "SessionForm"]
