from spaces.models.exports import Export
from spaces.models.retention import Erasure, Retention, RetentionReport

__all__ = ["Erasure", "Export", "Retention", "RetentionReport"]
