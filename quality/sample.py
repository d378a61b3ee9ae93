"""What the offline reviewer says of the sample résumé that the demo account comes with."""

from __future__ import annotations

from datetime import date

from feedback.offline import review
from feedback.schemas import Division
from quality.markdown import quoted
from resumes.document import Section
from resumes.sample import sample_document

# The day on which the planted résumés are read, too.
READ_ON = date(2026, 11, 1)


def sample_resume() -> str:
    """Return the whole review of the sample résumé."""
    answer = review(sample_document(), READ_ON)
    lines = [
        "## The sample résumé",
        "",
        f"What the review of `resumes/sample_resume.json` says, read on {READ_ON}.",
        "",
        f"> {answer.overall}",
    ]
    for division in Division:
        lines += ["", f"### {division.label}", ""]
        lines += [
            f"- {Section(content.section).label}, {quoted(content.quote)}: {content.result}"
            for content in answer.contents
            if content.division == division
        ]
    return "\n".join(lines)
