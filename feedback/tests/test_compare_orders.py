"""An entry or a technology that only moved is shown as moved, and not as deleted and added."""

from __future__ import annotations

import pytest
from django.test import Client

from feedback.improvements import Proposal, request_improvement, save_improvement
from feedback.improving import Improved
from feedback.invented import Origins
from feedback.invented.origins import NAMES
from feedback.listing import reordered
from feedback.models import ResumeFeedback, ResumeImprovement
from feedback.services import request_standard_feedback
from gaechwi.ai.gateway import Usage
from gaechwi.jobs.models import JobStatus
from resumes.document import Section
from resumes.models import Resume

pytestmark = pytest.mark.django_db

DONE = {"status": JobStatus.DONE, "finished_at": "2026-01-01T00:00:00Z"}


def page_of(client: Client, resume: Resume, **rewritten: object) -> str:
    """Return the page of an improvement with these fields, whose jobs changed places."""
    feedback = request_standard_feedback(resume)
    ResumeFeedback.objects.filter(pk=feedback.pk).update(**DONE)
    feedback.refresh_from_db()
    improvement = request_improvement(feedback)
    ResumeImprovement.objects.filter(pk=improvement.pk).update(**DONE)
    source = improvement.document
    origins: Origins = {s: list(range(len(getattr(source, s)))) for s in NAMES}
    origins = {**origins, Section.EXPERIENCES: [1, 0, 2]}
    jobs = [source.experiences[place] for place in (1, 0, 2)]
    document = source.model_copy(update={"experiences": jobs, **rewritten})
    improved = Improved(document, origins, "", "", Usage())
    save_improvement(improvement, Proposal.of(source, improved))
    return client.get(improvement.get_absolute_url()).content.decode()


def moved(old: str, new: str) -> list[str]:
    listing = reordered(old, new, [old.index(one) if one in old else None for one in new])
    return [one.text for one in listing.new if one.moved]


def test_it_works(client: Client, resume: Resume) -> None:
    page = page_of(client, resume)

    first, second, *_others = (job.company for job in resume.experiences.all())
    new = page.split('<ol class="listed">')[2].split("</ol>")[0]
    assert new.index(second) < new.index(first)
    assert "번째에서" in new
    assert "바뀐 곳 1군데</h2>" in page
    assert "<del>" not in page
    assert "<ins>" not in page


def test_an_order_can_be_taken_or_left_by_itself(client: Client, resume: Resume) -> None:
    page_of(client, resume)

    change = ResumeImprovement.objects.get().changes.get()
    assert (change.field, change.value, change.taken) == ("order", [1, 0, 2], True)


def test_jobs_of_one_name_are_told_by_their_time(client: Client, resume: Resume) -> None:
    resume.experiences.update(company="한 회사", start_date="2020-01-01", end_date="2021-02-01")
    last = resume.experiences.all()[1]
    last.start_date, last.end_date = "2022-03-01", None
    last.save()

    page = page_of(client, resume)

    assert "한 회사 (2020.01 ~ 2021.02)" in page
    assert "한 회사 (2022.03 ~ 현재)" in page


def test_a_technology_that_moved_is_not_told_as_new(client: Client, resume: Resume) -> None:
    own = [stack.title for stack in resume.technology_stacks.all()]
    page = page_of(client, resume, technology_stacks=[own[-1], "Haskell", *own[:-1]])

    assert '<mark class="d2"><ins>Haskell</ins></mark>' in page
    assert page.count("<ins>") == 1
    assert "<del>" not in page
    assert f"<li>{own[0]}</li>" in page


@pytest.mark.parametrize(
    ("old", "new", "names"),
    [
        ("가나다", "가나다", []),
        ("가나다", "다가나", ["다"]),
        ("가나다라", "나다라가", ["가"]),
        ("가나", "나가", ["나"]),
        ("가나다", "다마가나", ["다"]),
        ("가나다", "", []),
        ("가나다라마바", "가바다마나라", ["바", "마"]),
    ],
)
def test_as_few_are_moved_as_explain_the_order(old: str, new: str, names: list[str]) -> None:
    assert moved(old, new) == names


def test_what_is_gone_is_told() -> None:
    listing = reordered(["가", "나"], ["나"], [1])

    assert [(one.text, one.now) for one in listing.old] == [("가", None), ("나", 1)]


def test_an_old_list_may_be_empty(client: Client, resume: Resume) -> None:
    resume.technology_stacks.all().delete()

    page = page_of(client, resume, technology_stacks=["Haskell"])

    assert "없음" in page
