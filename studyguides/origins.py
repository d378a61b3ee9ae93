"""Where the gaps of a guide were seen."""

from __future__ import annotations

from django.urls import reverse

from studyguides.materials import Gap
from studyguides.models import StudyGuide


def address_of(gap: Gap, guide: StudyGuide) -> str:
    """Return the address of the page that shows a gap, "" where it is gone.

    Read the guide `for_page`.
    """
    if gap.question_id:
        return _page("interviews:detail", guide, "interview")
    # A posting that the feedback has compared is shown there, beside what the résumé has of it.
    address = ""
    if gap.posting_id in (None, guide.compared):  # type: ignore[attr-defined]
        address = _page("feedback:detail", guide, "feedback")
    if not address and gap.posting_id in (None, guide.posting_id):
        address = _page("postings:detail", guide, "posting")
    return address


def _page(name: str, guide: StudyGuide, source: str) -> str:
    pk = getattr(guide, f"{source}_there")
    return reverse(name, args=[pk]) if pk else ""
