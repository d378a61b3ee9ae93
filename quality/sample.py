"""What the offline reviewer says of the sample résumé that the demo account comes with."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from feedback.offline import review
from feedback.schemas import Division
from quality.markdown import quoted
from resumes.document import ResumeDocument, Section

SAMPLE = Path(__file__).resolve().parent.parent / "resumes" / "sample_resume.json"
# The day on which the planted résumés are read, too.
READ_ON = date(2026, 11, 1)


def sample_resume() -> str:
    """Return the whole review of the sample résumé."""
    document = ResumeDocument.model_validate_json(SAMPLE.read_text(encoding="utf-8"))
    answer = review(document, READ_ON)
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
