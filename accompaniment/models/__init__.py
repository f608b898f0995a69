from accompaniment.models.agreements import LearningAgreement, Roadmap, RoadmapLine, reflection_ends
from accompaniment.models.appointments import (
    WEEKDAYS,
    Appointment,
    AppointmentQuerySet,
    Availability,
    DaysOff,
    Feed,
)
from accompaniment.models.diagnostics import Answer, Diagnostic, Grid, Question
from accompaniment.models.packages import Look, Package, PackageKind, PackageVersion
from accompaniment.models.papers import PaperAgreement, SignedCopy

__all__ = [
    "WEEKDAYS",
    "Answer",
    "Appointment",
    "AppointmentQuerySet",
    "Availability",
    "DaysOff",
    "Diagnostic",
    "Feed",
    "Grid",
    "LearningAgreement",
    "Look",
    "Package",
    "PackageKind",
    "PackageVersion",
    "PaperAgreement",
    "Question",
    "Roadmap",
    "RoadmapLine",
    "SignedCopy",
    "reflection_ends",
]
