"""How far a model's opinion of a matching rate counts."""

from __future__ import annotations

# A model may see what rules do not: words the vocabulary lacks, work that fits without naming it.
# So much it may add or take away, and no more: what rests on evidence stays what decides. It is
# under 20, so that a résumé without any evidence stays an unrelated one, whatever a model says.
MARGIN = 15


def bounded(model_rate: int, offline_rate: int) -> int:
    """Return the rate of a model within MARGIN of the one that the evidence supports."""
    return max(0, offline_rate - MARGIN, min(100, offline_rate + MARGIN, model_rate))
