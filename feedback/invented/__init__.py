"""What a rewritten résumé says that its source does not: found by code, not by asking a model."""

from __future__ import annotations

from feedback.invented.detection import find_inventions
from feedback.invented.invention import Invention, InventionKind
from feedback.invented.origins import Origins, origins_of

__all__ = ["Invention", "InventionKind", "Origins", "find_inventions", "origins_of"]
