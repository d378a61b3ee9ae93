"""Where a gap was seen: each leads to its own posting, feedback or interview, if it is there."""

from __future__ import annotations

import pytest

from accounts.models import User
from feedback.models import ResumeFeedback
from interviews.assessing import request_judgement
from interviews.models import Interview
from interviews.tasks import judge_interview
from interviews.tests.interviewing import begun, to_the_end
from postings.models import JobPosting
from postings.tests import note_down
from quality.matching import fitting
from resumes.models import Resume
from resumes.services import create_resume
from studyguides.models import StudyGuide, StudyItem
from studyguides.origins import address_of
from studyguides.tests.guides import compared, posting_of, written

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def feedback(resume: Resume) -> ResumeFeedback:
    posting = posting_of(resume.user, requirements="- Elixir 경험", preferred="", deadline=None)
    return compared(resume, posting)


@pytest.fixture
def other(user: User) -> JobPosting:
    return note_down(user, title="다른 공고", requirements="- Rust 경험\n- Elixir 경험")


@pytest.fixture
def interview(user: User) -> Interview:
    """A judged interview about another résumé than the feedback."""
    held = to_the_end(begun(create_resume(user, fitting()["01_nurse"])), "모르겠습니다.")
    judge_interview(request_judgement(held).pk)
    return held


def addresses(guide: StudyGuide) -> dict[str, list[str]]:
    """Return where the gaps of a guide lead, by their words."""
    read = StudyGuide.objects.for_page().get(pk=guide.pk)
    led: dict[str, list[str]] = {}
    for item in read.items.all():
        for gap in item.closes:
            led.setdefault(gap.text, []).append(address_of(gap, read))
    return led


def test_it_works(
    user: User, feedback: ResumeFeedback, interview: Interview, other: JobPosting
) -> None:
    guide = written(user, feedback=feedback, interview=interview, posting=other)

    led = addresses(guide)

    assert {*led["Rust 경험"]} == {other.get_absolute_url()}
    assert led["Elixir 경험"] == [feedback.get_absolute_url(), other.get_absolute_url()]
    asked = interview.questions.all()[0].question
    assert {*led[asked]} == {interview.get_absolute_url()}
    # For readers of the API, the line that two postings have is one.
    assert guide.items.get(skill="Elixir").gap == "필수 요건: Elixir 경험"


def test_what_is_gone_is_no_link(
    user: User, feedback: ResumeFeedback, interview: Interview, other: JobPosting
) -> None:
    guide = written(user, feedback=feedback, interview=interview, posting=other)

    other.soft_delete()
    interview.resume.soft_delete()

    led = addresses(guide)
    assert {*led["Rust 경험"]} == {""}
    assert led["Elixir 경험"] == [feedback.get_absolute_url(), ""]
    assert {*led[interview.questions.all()[0].question]} == {""}


def test_without_the_feedback_its_posting_is_shown(user: User, feedback: ResumeFeedback) -> None:
    assert feedback.posting is not None
    guide = written(user, feedback=feedback, posting=feedback.posting)

    feedback.resume.soft_delete()

    assert addresses(guide)["Elixir 경험"] == [feedback.posting.get_absolute_url()]


def test_gaps_kept_without_their_posting_lead_to_the_feedback(
    user: User, feedback: ResumeFeedback
) -> None:
    guide = written(user, feedback=feedback)
    item = guide.items.get(skill="Elixir")
    kept = [{"source": gap["source"], "text": gap["text"]} for gap in item.gaps]
    StudyItem.objects.filter(pk=item.pk).update(gaps=kept)

    assert addresses(guide)["Elixir 경험"] == [feedback.get_absolute_url()]
