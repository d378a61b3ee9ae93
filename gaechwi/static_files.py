"""How static files are kept: named by their hash, and compressed once for all who ask."""

from __future__ import annotations

from typing import Any

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Static files, compressed by gzip alone.

    Brotli is at hand where WeasyPrint is, and takes 40 s for the files of the API's docs: `make
    run` would wait for it, and the tests in each of their processes.
    """

    def create_compressor(self, **options: Any) -> Compressor:
        """Return what compresses the files."""
        return Compressor(use_brotli=False, **options)
