from passport.models.audits import AuditFile
from passport.models.cheques import Cheque, ChequeQuerySet, Reservation
from passport.models.decisions import Decision
from passport.models.entries import Entry, EntryText
from passport.models.following import Dispute, Evaluation, Note, StoppedSummary
from passport.models.invoices import InvoicedMonth
from passport.models.keys import SigningKey, Statement
from passport.models.orders import Gift, Order, OrderQuerySet, Sheet
from passport.models.passports import IN_USE, Look, Passport, PassportQuerySet, day_of
from passport.models.signing import PaperCheque, Pin, SigningLink

__all__ = [
    "IN_USE",
    "AuditFile",
    "Cheque",
    "ChequeQuerySet",
    "Decision",
    "Dispute",
    "Entry",
    "EntryText",
    "Evaluation",
    "Gift",
    "InvoicedMonth",
    "Look",
    "Note",
    "Order",
    "OrderQuerySet",
    "PaperCheque",
    "Passport",
    "PassportQuerySet",
    "Pin",
    "Reservation",
    "Sheet",
    "SigningKey",
    "SigningLink",
    "Statement",
    "StoppedSummary",
    "day_of",
]
