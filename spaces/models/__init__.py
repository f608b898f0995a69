from spaces.models.exports import Export
from spaces.models.retention import Erasure, Retention

__all__ = ["Erasure", "Export", "Retention"]
