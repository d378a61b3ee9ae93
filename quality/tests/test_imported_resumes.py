from __future__ import annotations

import pytest

from quality.importing import SEEN, UNSEEN, comparable, compare, recall, scores, total
from quality.layouts import LAYOUTS
from resumes.document import EducationEntry, ExperienceEntry, ResumeDocument

# What docs/quality.md says now. Better numbers belong here too, so that they are kept.
MIN_FOUND, MAX_WRONG = 740, 21
MIN_FOUND_UNSEEN, MAX_WRONG_UNSEEN = 715, 25


def test_it_works() -> None:
    assert len(scores(SEEN)) == len(LAYOUTS) == 16
    assert recall().startswith("## Imported résumés")


@pytest.mark.parametrize(
    ("pairing", "found", "wrong"),
    [(SEEN, MIN_FOUND, MAX_WRONG), (UNSEEN, MIN_FOUND_UNSEEN, MAX_WRONG_UNSEEN)],
)
def test_what_was_found_is_found_again(pairing: int, found: int, wrong: int) -> None:
    score = total(pairing)

    assert score.found.total() >= found
    assert score.wrong.total() <= wrong


def test_what_is_wrong_counts() -> None:
    resume = ResumeDocument(
        name="김도윤",
        experiences=[ExperienceEntry(company="한결페이", position="개발자")],
        educations=[EducationEntry(school="해오름대학교")],
        technology_stacks=["Go", "Java"],
    )
    read = ResumeDocument(
        name="김도현",
        experiences=[ExperienceEntry(company="한결페이", position="팀장")],
        technology_stacks=["go", "C"],
    )

    score = compare(resume, read, comparable("김도윤 한결페이 개발자 해오름대학교"))

    assert score.has.total() == 6
    assert dict(score.found) == {"experiences.company": 1, "technology_stacks": 1}
    assert dict(score.wrong) == {
        "basics.name": 1,
        "experiences.position": 1,
        "technology_stacks": 1,
    }
