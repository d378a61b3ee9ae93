"""What a rewriting leaves out is named, and is not taken before its user chooses so."""

from __future__ import annotations

import pytest
from django.test import Client

from feedback.changes import Change, changes_between
from feedback.improvements import Proposal, request_improvement, save_improvement
from feedback.improving import Improved
from feedback.invented import Origins, origins_of
from feedback.models import ResumeFeedback, ResumeImprovement
from feedback.rewriting import rewrite
from feedback.services import request_standard_feedback
from gaechwi.ai.gateway import Usage
from gaechwi.jobs.models import JobStatus
from quality.corpus import HELD_OUT, RESUMES, Case, load
from quality.inventions import Rewrite, rewritten, source_of
from quality.inventions import load as load_rewrites
from resumes.document import ExperienceEntry, ResumeDocument, Section
from resumes.models import Resume

JOB = (
    "도담전자 공장에서 불량을 37건에서 12건으로 줄임. Python으로 보고서를 만들어 "
    "example.com/report 에 올리고 정보처리기사를 취득함."
)


def of_job(old: str, new: str, introduction: str = "") -> list[Change]:
    """Return the changes that lead from one description of a job to another."""
    source = ResumeDocument(
        introduction=introduction,
        experiences=[ExperienceEntry(company="새론", description=old)],
    )
    changed = source.model_copy(deep=True)
    changed.experiences[0].description = new
    return changes_between(source, changed, origins_of(source, changed))


@pytest.mark.parametrize(
    ("new", "missing"),
    [
        (JOB.replace("37건에서 12건으로 ", ""), ["37건", "12건"]),
        (JOB.replace("37건에서 ", "").replace("Python으로 ", ""), ["37건", "Python"]),
        (JOB.replace("example.com/report 에 ", ""), ["example.com/report"]),
        (JOB.replace("정보처리기사를", "자격을"), ["정보처리기사"]),
        (JOB.replace("도담전자 ", ""), ["도담전자"]),
        (JOB.replace("줄임", "감소시킴").replace("37건에서", "서른일곱 건에서"), []),
        (JOB.replace("Python", "파이썬"), []),
    ],
)
def test_a_fact_that_is_left_out_is_named(new: str, missing: list[str]) -> None:
    (change,) = of_job(JOB, new)

    assert list(change.missing) == missing
    assert change.inventions == ()


@pytest.mark.parametrize("new", [".", "-", "", "보고서를 만듦."])
def test_a_text_that_is_all_but_gone_is_named_by_its_sentences(new: str) -> None:
    (change,) = of_job("보고서를 만듦. 매일 아침 창고를 돌며 재고를 맞추고 발주를 냄.", new)

    assert change.missing[-1] == "매일 아침 창고를 돌며 재고를 맞추고 발주를 냄"


def test_what_the_introduction_says_of_the_job_is_not_left_out() -> None:
    told = "새론에서 불량을 37건에서 12건으로 줄였습니다."
    (change,) = of_job(
        "불량을 37건에서 12건으로 줄임", "불량을 줄여 나가고 있음", introduction=told
    )

    assert change.missing == ()


def test_a_figure_that_moves_to_another_job_is_left_out_of_its_own() -> None:
    jobs = [
        ExperienceEntry(company="새론", description="불량 37건을 줄여 나감"),
        ExperienceEntry(company="도담", description="발주를 냄"),
    ]
    source = ResumeDocument(experiences=jobs)
    changed = source.model_copy(deep=True)
    changed.experiences.reverse()
    changed.experiences[0].description = "발주를 37건 냄"
    changed.experiences[1].description = "불량을 줄여 나감"
    origins: Origins = {**origins_of(source, changed), Section.EXPERIENCES: [1, 0]}

    changes = changes_between(source, changed, origins)

    assert [c.missing for c in changes if c.field == "description"] == [(), ("37건",)]


@pytest.mark.parametrize("case", load(RESUMES) + load(HELD_OUT), ids=lambda case: case.trade)
def test_the_rules_leave_nothing_out(case: Case) -> None:
    changed, origins = rewrite(case.resume, case.reviewed_on)

    changes = changes_between(case.resume, changed, origins)

    assert [change.missing for change in changes if change.missing] == []


def test_few_honest_rewritings_are_said_to_leave_something_out() -> None:
    def leaves_out(case: Rewrite) -> bool:
        source = source_of(case)
        changed = rewritten(case, source)
        return any(c.missing for c in changes_between(source, changed, origins_of(source, changed)))

    honest = [
        case for name in ("tuned", "held_out") for case in load_rewrites(name) if not case.planted
    ]
    assert sum(leaves_out(case) for case in honest) / len(honest) <= 0.05


@pytest.fixture
def improvement(resume: Resume) -> ResumeImprovement:
    """A finished improvement that empties a job and the introduction, and renames the résumé."""
    feedback = request_standard_feedback(resume)
    done = {"status": JobStatus.DONE, "finished_at": "2026-01-01T00:00:00Z"}
    ResumeFeedback.objects.filter(pk=feedback.pk).update(**done)
    feedback.refresh_from_db()
    improvement = request_improvement(feedback)
    ResumeImprovement.objects.filter(pk=improvement.pk).update(**done)
    source = improvement.document
    changed = source.model_copy(deep=True)
    changed.title = "커머스·물류 백엔드 개발자 (9년 차)"
    changed.introduction = "-"
    changed.experiences[0].description = "."
    improved = Improved(changed, origins_of(source, changed), "", "", Usage())
    save_improvement(improvement, Proposal.of(source, improved))
    improvement.refresh_from_db()
    return improvement


def taken(improvement: ResumeImprovement) -> list[str]:
    return [change.field for change in improvement.changes.all() if change.taken]


@pytest.mark.django_db
def test_what_leaves_something_out_is_not_taken_at_first(
    client: Client, improvement: ResumeImprovement, resume: Resume
) -> None:
    page = client.get(improvement.get_absolute_url()).content.decode()

    assert taken(improvement) == ["title"]
    assert improvement.resume is not None
    assert improvement.resume.introduction == resume.introduction
    assert page.count(">빠진 내용</span>") == 2
    assert "410ms" in page.split("빠지는 내용입니다.")[1]


@pytest.mark.django_db
def test_it_may_be_taken_but_not_with_all_that_are_unmarked(
    client: Client, improvement: ResumeImprovement
) -> None:
    page = improvement.get_absolute_url()

    client.post(page, {"take": "unmarked"})
    assert taken(improvement) == ["title"]

    chosen = {f"change-{change.pk}": "take" for change in improvement.changes.all()}
    client.post(page, {**chosen, "take": "chosen"})
    assert taken(improvement) == ["title", "introduction", "description"]
