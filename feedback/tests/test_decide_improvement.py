from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from feedback.improvements import Proposal, request_improvement, save_improvement
from feedback.improving import Improved
from feedback.invented import origins_of
from feedback.models import ImprovementChange, ResumeFeedback, ResumeImprovement
from feedback.services import request_standard_feedback
from gaechwi.ai.gateway import Usage
from gaechwi.jobs.models import JobStatus
from resumes.document import ExperienceEntry
from resumes.models import Resume
from resumes.services import to_document

pytestmark = pytest.mark.django_db

DONE = {"status": JobStatus.DONE, "finished_at": "2026-01-01T00:00:00Z"}
INVENTED = "오래된 배차 모듈을 정리해 장애를 83% 줄임"


def honest(description: str) -> str:
    """Return a description in other words that say the same."""
    return description.replace("줄임", "감소시킴")


@pytest.fixture
def improvement(resume: Resume) -> ResumeImprovement:
    """A finished improvement with four changes, of which two are marked."""
    feedback = request_standard_feedback(resume)
    ResumeFeedback.objects.filter(pk=feedback.pk).update(**DONE)
    feedback.refresh_from_db()
    improvement = request_improvement(feedback)
    ResumeImprovement.objects.filter(pk=improvement.pk).update(**DONE)
    source = improvement.document
    rewritten = source.model_copy(deep=True)
    rewritten.title = "커머스·물류 백엔드 개발자"
    rewritten.experiences[0].description = INVENTED
    rewritten.experiences[1].description = honest(source.experiences[1].description)
    rewritten.experiences.append(ExperienceEntry(company="별세계전자", description="서버 개발"))
    improved = Improved(rewritten, origins_of(source, rewritten), "", "", Usage())
    save_improvement(improvement, Proposal.of(source, improved))
    improvement.refresh_from_db()
    return improvement


def changes(improvement: ResumeImprovement) -> dict[str, ImprovementChange]:
    """Return the changes by what they are of."""
    names = ("title", "invented", "honest", "new job")
    return dict(zip(names, improvement.changes.all(), strict=True))


def new_resume(improvement: ResumeImprovement) -> Resume:
    improvement.refresh_from_db()
    assert improvement.resume is not None
    return improvement.resume


def decide(client: Client, improvement: ResumeImprovement, *taken: str, **more: Any) -> str:
    """Save what is taken and return the page that follows; `confirm` names what is confirmed."""
    of = changes(improvement)
    data = {
        f"change-{change.pk}": "take" if name in taken else "leave" for name, change in of.items()
    }
    data |= {f"confirm-{of[name].pk}": "on" for name in more.pop("confirm", ())}
    response = client.post(
        improvement.get_absolute_url(), {**data, "take": "chosen", **more}, follow=True
    )
    return response.content.decode()


def test_it_works(client: Client, improvement: ResumeImprovement, resume: Resume) -> None:
    page = client.get(improvement.get_absolute_url()).content.decode()

    assert "바뀐 곳 4군데, 확인할 것 2가지" in page
    assert '<mark class="d2"><ins>83%</ins></mark>' in page
    assert "<del>" in page
    assert "별세계전자" in page
    assert reverse("resumes:detail", args=[new_resume(improvement).pk]) in page
    new = to_document(new_resume(improvement))
    assert new.title == "커머스·물류 백엔드 개발자 (고쳐 씀)"
    assert new.experiences[0].description == resume.experiences.all()[0].description
    assert new.experiences[1].description == honest(resume.experiences.all()[1].description)
    assert len(new.experiences) == 3


def test_it_checks_access(
    client: Client, other_client: Client, improvement: ResumeImprovement, resume: Resume
) -> None:
    here, nowhere = improvement.get_absolute_url(), reverse("feedback:improvement", args=[0])

    for method in ("get", "post"):
        assert getattr(other_client, method)(here).status_code == 404
        assert getattr(client, method)(nowhere).status_code == 404
        assert "/accounts/login/" in getattr(Client(), method)(here)["Location"]
    resume.soft_delete()
    assert client.get(here).status_code == 404


def test_what_is_left_stays_as_it_was(
    client: Client, improvement: ResumeImprovement, resume: Resume
) -> None:
    page = decide(client, improvement, "title")

    new = new_resume(improvement)
    assert "고른 대로 새 이력서에 저장했습니다." in page
    assert new.title == "커머스·물류 백엔드 개발자 (고쳐 씀)"
    assert new.experiences.all()[1].description == resume.experiences.all()[1].description


def test_what_is_marked_needs_to_be_confirmed(
    client: Client, improvement: ResumeImprovement
) -> None:
    page = decide(client, improvement, "invented", "new job", confirm=["new job"])

    new = new_resume(improvement)
    assert "확인하지 않은 1군데는 원래대로 두었습니다" in page
    assert INVENTED not in {job.description for job in new.experiences.all()}
    assert [job.company for job in new.experiences.all()][-1] == "별세계전자"
    decide(client, improvement, "invented", confirm=["invented"])
    new = new_resume(improvement)
    assert new.experiences.all()[0].description == INVENTED
    assert new.experiences.count() == 3


def test_a_confirmation_alone_takes_nothing(client: Client, improvement: ResumeImprovement) -> None:
    decide(client, improvement, confirm=["invented", "new job"])

    assert not improvement.changes.filter(taken=True).exists()
    assert improvement.changes.filter(confirmed=True).count() == 2


def test_all_unmarked_are_taken_at_once(client: Client, improvement: ResumeImprovement) -> None:
    decide(client, improvement, confirm=["invented"], take="unmarked")

    taken = {name for name, change in changes(improvement).items() if change.taken}
    assert taken == {"title", "honest"}


def test_all_unmarked_with_what_was_confirmed_before(
    client: Client, improvement: ResumeImprovement
) -> None:
    decide(client, improvement, "invented", confirm=["invented"])

    decide(client, improvement, take="unmarked")

    taken = {name for name, change in changes(improvement).items() if change.taken}
    assert taken == {"title", "honest", "invented"}


def test_it_says_that_what_was_confirmed_is_left(
    client: Client, improvement: ResumeImprovement
) -> None:
    assert "사실이라고 확인한 1군데" in decide(client, improvement, confirm=["invented"])


def test_all_are_left_at_once(
    client: Client, improvement: ResumeImprovement, resume: Resume
) -> None:
    decide(client, improvement, "title", "honest", take="none")

    new, old = to_document(new_resume(improvement)), to_document(resume)
    assert new == old.model_copy(update={"title": f"{old.title} (고쳐 씀)"})


def test_decisions_can_be_changed_and_come_to_the_same(
    client: Client, improvement: ResumeImprovement
) -> None:
    first = to_document(new_resume(improvement))
    decide(client, improvement)
    assert to_document(new_resume(improvement)) != first
    decide(client, improvement, "title", "honest")

    assert to_document(new_resume(improvement)) == first


def test_nothing_is_written_over_what_its_user_edited(
    client: Client, improvement: ResumeImprovement
) -> None:
    new = new_resume(improvement)
    new.introduction = "내가 고친 소개"
    new.save()
    before = to_document(new)

    page = decide(client, improvement)

    assert "직접 고치셔서" in page
    assert "fieldset" in page
    assert " disabled>" in page
    assert to_document(new_resume(improvement)) == before
    assert improvement.changes.filter(taken=True).count() == 2


def test_a_deleted_new_resume_is_said_to_be_gone(
    client: Client, improvement: ResumeImprovement
) -> None:
    new_resume(improvement).soft_delete()

    page = decide(client, improvement, "title")

    assert "새 이력서가 없어서" in page
    assert "새 이력서를 지우셨습니다" in page


@pytest.mark.parametrize("take", ["", "all", "chosen\x00"])
def test_an_unknown_button_is_refused(
    client: Client, improvement: ResumeImprovement, take: str
) -> None:
    response = client.post(improvement.get_absolute_url(), {"take": take})

    assert response.status_code == 400
    assert improvement.changes.filter(taken=True).count() == 2


def test_changes_of_another_improvement_are_not_touched(
    client: Client, improvement: ResumeImprovement
) -> None:
    other = ImprovementChange.objects.create(
        improvement=ResumeImprovement.objects.create(
            feedback=improvement.feedback, resume_snapshot=improvement.resume_snapshot, **DONE
        ),
        order=1,
        section="basics",
        field="title",
    )

    client.post(improvement.get_absolute_url(), {f"change-{other.pk}": "take", "take": "chosen"})

    other.refresh_from_db()
    assert not other.taken


def test_words_of_a_model_are_no_markup(client: Client, improvement: ResumeImprovement) -> None:
    hostile = "<script>alert(1)</script>"
    improvement.changes.update(
        new=hostile, old=hostile, inventions=[{"kind": "figure", "text": hostile}], taken=False
    )

    assert hostile not in client.get(improvement.get_absolute_url()).content.decode()


def test_it_says_what_is_to_be_filled_in(client: Client, improvement: ResumeImprovement) -> None:
    change = changes(improvement)["honest"]
    change.value = f"{change.new} [성과 수치를 적어 주세요]"
    change.save()

    page = client.get(improvement.get_absolute_url()).content.decode()

    assert "직접 채울 자리가 1곳" in page


def test_while_it_waits_it_asks_again(client: Client, improvement: ResumeImprovement) -> None:
    waiting = ResumeImprovement.objects.create(
        feedback=improvement.feedback, resume_snapshot=improvement.resume_snapshot
    )
    seen = f"{waiting.get_absolute_url()}?seen=queued"

    assert f'hx-get="{seen}&amp;wait=5"' in client.get(waiting.get_absolute_url()).content.decode()
    assert client.get(seen, headers={"hx-request": "true"}).status_code == 204


def test_the_new_resume_names_its_source(
    client: Client, improvement: ResumeImprovement, resume: Resume
) -> None:
    page = client.get(new_resume(improvement).get_absolute_url()).content.decode()

    assert f'<a href="{resume.get_absolute_url()}">' in page


def test_the_feedback_leads_to_it(client: Client, improvement: ResumeImprovement) -> None:
    page = client.get(improvement.feedback.get_absolute_url()).content.decode()

    assert reverse("feedback:improve", args=[improvement.feedback_id]) in page
    assert improvement.get_absolute_url() in page


@pytest.mark.parametrize("more", [0, 100])
def test_the_number_of_queries_is_constant(
    client: Client,
    improvement: ResumeImprovement,
    django_assert_num_queries: DjangoAssertNumQueries,
    more: int,
) -> None:
    for order in range(more):
        ImprovementChange.objects.create(
            improvement=improvement,
            order=100 + order,
            section="projects",
            entry=order,
            field="role",
        )
    client.get(improvement.get_absolute_url())
    # User, improvement with feedback and résumé, changes, the new résumé, its document.
    with django_assert_num_queries(5):
        client.get(improvement.get_absolute_url())
    # The same, and what saving takes: savepoints, locks, the sections anew (on SQLite each alone).
    with django_assert_num_queries(25 if connection.vendor == "sqlite" else 20):
        client.post(improvement.get_absolute_url(), {"take": "none"})
