"""The result of a check."""

from __future__ import annotations

from dataclasses import dataclass

from feedback.schemas import Division
from resumes.document import Section


@dataclass(frozen=True)
class Finding:
    """One thing that a rule saw in a résumé.

    `check` names the rule in English ("missing_figure"). `quote` holds words of the résumé that
    stand in `section`, or "" where the section holds none. `text` is what the applicant reads.
    `weight` orders findings of one division: the heavier, the earlier.
    """

    check: str
    division: Division
    section: Section
    quote: str
    text: str
    weight: int
