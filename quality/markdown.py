"""Writes tables and quotes in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quality.corpus import folded


def table(head: Sequence[str], rows: Iterable[Sequence[object]], *, texts: int = 1) -> str:
    """Return a table whose first columns are `texts` and whose others are numbers."""
    aligned = ["---" if place < texts else "---:" for place in range(len(head))]
    return "\n".join(f"| {' | '.join(_cell(c) for c in row)} |" for row in (head, aligned, *rows))


def _cell(content: object) -> str:
    return folded(str(content)).replace("|", "\\|")


def quoted(words: str, limit: int = 140) -> str:
    """Return words in quotation marks on one line, cut where a reader knows which are meant."""
    line = folded(words)
    if not line:
        return "(no words)"
    return f"“{line}”" if len(line) <= limit else f"“{line[:limit].rstrip()}…”"


def percent(part: int, whole: int) -> str:
    """Return a share as "74.5%", "–" of nothing."""
    return f"{100 * part / whole:.1f}%" if whole else "–"
