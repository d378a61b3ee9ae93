"""Whether a sentence of a résumé tells of work: some speak to whoever judges, or as they do."""

from __future__ import annotations

from feedback.matching.wishes import wants_something
from feedback.orders import is_order
from feedback.verdicts import is_verdict


def tells_of_work(text: str) -> bool:
    """Return whether a sentence is neither an order, nor a wish, nor a verdict."""
    return not (is_order(text) or is_verdict(text) or wants_something(text))
