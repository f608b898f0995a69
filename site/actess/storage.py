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


class DevelopmentStaticFilesStorage(SiteStaticFilesStorage):
    """The same once the files are gathered; their own names until then, read where they are written."""

    def stored_name(self, name: str) -> str:
        return super().stored_name(name) if self.hashed_files else name
