from accompaniment.appointment_urls import urlpatterns as appointments
from accompaniment.path_urls import urlpatterns as paths

urlpatterns = [*appointments, *paths]
