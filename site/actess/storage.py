from typing import Any

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

OURS = ("css/", "fonts/", "icons/", "images/", "js/")


class OwnFilesCompressor(Compressor):
    """Compresses what visitors load; the editors' interface, twenty times larger, is left to the proxy."""

    def should_compress(self, filename: str) -> bool:
        return filename.startswith(OURS) and super().should_compress(filename)


class SiteStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Static files under names that change with their content, compressed beforehand."""

    def create_compressor(self, **options: Any) -> Compressor:
        return OwnFilesCompressor(**options)
