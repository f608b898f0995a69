from home.models.association_page import AssociationPage
from home.models.front_page import HomePage
from home.models.messages import ContactMessage

from home.models.contact_page import ContactPage  # isort: skip  # its form is made from the messages above

__all__ = ["AssociationPage", "ContactMessage", "ContactPage", "HomePage"]
