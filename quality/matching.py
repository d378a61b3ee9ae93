"""What the matching rates of fitting and of unrelated résumés are, posting by posting."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from feedback.matching import match
from postings.document import PostingDocument
from quality.corpus import RESUMES, load
from quality.markdown import table
from quality.sample import READ_ON
from resumes.document import ResumeDocument

BASE_DIR = Path(__file__).resolve().parent.parent
# A posting and the résumé that was written to fit it have the same file name.
POSTINGS = BASE_DIR / "postings" / "tests" / "pasted"
FITTING = BASE_DIR / "feedback" / "tests" / "fitting"

# The résumé of `quality/resumes` that is of a posting's own trade, and none of another's.
SAME_TRADE = {
    "01_nurse": "간호사",
    "02_accountant": "회계·경리",
    "03_ux_designer": "UX 디자이너",
    "04_backend": "백엔드 개발자",
    "05_b2b_sales": "B2B 영업",
    "06_construction_safety": "",
    "07_hotel_cook": "호텔 조리사",
    "08_logistics": "물류·SCM",
    "09_math_teacher": "중등 수학 교사",
    "10_quality_engineer": "생산·품질 엔지니어",
}


@cache
def postings() -> dict[str, PostingDocument]:
    """Return the ten postings by their file names."""
    return {
        path.stem: PostingDocument.model_validate(json.loads(path.read_text(encoding="utf-8")))
        for path in sorted(POSTINGS.glob("*.json"))
    }


@cache
def fitting() -> dict[str, ResumeDocument]:
    """Return the résumés that were written to fit the postings, in words of their own."""
    return {
        path.stem: ResumeDocument.model_validate_json(path.read_text(encoding="utf-8"))
        for path in sorted(FITTING.glob("*.json"))
    }


def rate(resume: ResumeDocument, posting: PostingDocument) -> int:
    """Return the rate of a résumé. Raises ValueError where the posting asks nothing."""
    found = match(resume, posting, READ_ON).rate
    if found is None:
        raise ValueError(posting.title)
    return found


def unrelated(name: str) -> dict[str, int]:
    """Return the rates of the résumés of other trades than a posting's, by their trades."""
    return {
        case.trade: rate(case.resume, postings()[name])
        for case in load(RESUMES)
        if case.trade != SAME_TRADE[name]
    }


def rates() -> str:
    """Return the table of rates."""
    same = {case.trade: case.resume for case in load(RESUMES)}
    rows = []
    for name, posting in postings().items():
        others = unrelated(name)
        highest = max(others, key=lambda trade: others[trade])
        trade = SAME_TRADE[name]
        rows.append(
            [
                posting.title,
                rate(fitting()[name], posting),
                rate(same[trade], posting) if trade else "–",
                others[highest],
                highest if others[highest] else "–",
                f"{sum(others.values()) / len(others):.1f}",
            ]
        )
    head = (
        "posting",
        "fitting",
        "same trade",
        "highest unrelated",
        "whose",
        "mean of the unrelated",
    )
    return "\n\n".join(("## Matching rates", _TOLD, table(head, rows)))


_TOLD = """For each of ten postings (`postings/tests/pasted/`) a résumé was written that has all
that it asks, in other words: Korean for English names and the other way round
(`feedback/tests/fitting/`). *Same trade* is the résumé of the same trade among the ten above, which
was written without knowing the posting. *Unrelated* are the nine or ten of other trades. The aim is
over 85 for the fitting and under 20 for every unrelated one.

The authors of the fitting résumés knew the rules, and the list of nouns that tell no trade from
another was mended by what these pairs showed. The table therefore says how well the rules fit texts
they have been fitted to. *Same trade* is the better guide to what a résumé from outside gets."""
