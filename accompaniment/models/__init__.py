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
    "Question",
    "Roadmap",
    "RoadmapLine",
    "reflection_ends",
]
