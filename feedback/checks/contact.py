"""Whether a recruiter can reach the applicant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from feedback.checks.finding import Finding
from feedback.schemas import Division
from resumes.document import ResumeDocument, Section


def contact_missing(document: ResumeDocument, on: date) -> Iterator[Finding]:
    """Yield one finding when the e-mail address, the phone number or both are missing."""
    missing = []
    if not document.email:
        missing.append(_("이메일 주소"))
    if not document.phone:
        missing.append(_("휴대전화 번호"))
    if missing:
        yield Finding(
            "contact_missing",
            Division.IMPROVEMENT,
            Section.BASICS,
            "",
            _(
                "연락처 가운데 %(missing)s 항목이 비어 있습니다. 면접 안내는 전화와 이메일로 "
                "오므로 "
                "기본 정보에 둘 다 적고, 이메일은 본명을 알아볼 수 있는 주소를 쓰는 편이 좋습니다."
            )
            % {"missing": ", ".join(missing)},
            95,
        )
