"""Where the remarks of a feedback stand in the résumé that it reviewed."""

from __future__ import annotations

from collections.abc import Iterable

from feedback.models import FeedbackContent
from feedback.quotes import locate
from resumes.document import ResumeDocument
from resumes.passages import Mark, Stretches, cut


def highlight(document: ResumeDocument, contents: Iterable[FeedbackContent]) -> Stretches:
    """Return the résumé's words, the quote of each remark marked by its order and division."""
    passages = list(document.passages())
    marks = []
    for content in contents:
        of_section = [passage for passage in passages if passage.section == content.section]
        if found := locate(content.quote, of_section):
            marks.append(
                Mark(
                    found.passage,
                    found.start,
                    found.end,
                    number=content.order,
                    kind=content.feedback_division,
                )
            )
    return cut(document, marks)
