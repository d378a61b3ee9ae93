"""What was learnt: practised in a short interview, and added to the résumé."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from feedback.models import ResumeFeedback
from interviews.assessing import request_judgement
from interviews.models import Interview, InterviewFeedback
from interviews.tasks import judge_interview, speak
from interviews.tests.interviewing import begun, to_the_end
from interviews.topics import BasisKind, Topic
from quality.matching import fitting
from resumes.models import Resume
from resumes.services import create_resume
from resumes.tests import bare_resume
from studyguides.models import ItemStatus, StudyGuide, StudyItem
from studyguides.practising import topics_of
from studyguides.services import set_status
from studyguides.tests.guides import compared, posting_of, written

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def feedback(resume: Resume) -> ResumeFeedback:
    asked = posting_of(resume.user, requirements="- Elixir 경험\n- Redis 운영 경험", preferred="")
    return compared(resume, asked)


@pytest.fixture
def guide(user: User, feedback: ResumeFeedback) -> StudyGuide:
    return written(user, feedback=feedback)


def item_of(guide: StudyGuide) -> StudyItem:
    return guide.items.exclude(skill="").filter(is_asked=True)[0]


def practise(client: Client, item: StudyItem) -> Any:
    return client.post(reverse("studyguides:item_practise", args=[item.pk]), follow=True)


def held(interview: Interview) -> None:
    speak(interview.turns.get().pk)
    to_the_end(interview)


def test_it_works(client: Client, resume: Resume, guide: StudyGuide) -> None:
    item = item_of(guide)

    practise(client, item)

    interview = Interview.objects.get()
    kinds = [question.kind for question in interview.questions.all()]
    assert kinds == [BasisKind.CHECK] * len(item.checks) + [BasisKind.GAP]
    assert interview.questions.all()[0].question.startswith(item.checks[0])
    assert interview.question_count == len(kinds)
    assert interview.resume == resume
    held(interview)
    assert "짧은 연습입니다" in interview.conversations.all()[0].text
    judge_interview(request_judgement(interview).pk)
    score = InterviewFeedback.objects.get(interview=interview).overall_score
    assert score
    page = client.get(guide.get_absolute_url()).content.decode()
    assert f'href="{interview.get_absolute_url()}">지난 연습 {score}점' in page


def test_one_that_is_not_over_goes_on(client: Client, guide: StudyGuide) -> None:
    item = item_of(guide)

    first, second = practise(client, item), practise(client, item)

    assert first.redirect_chain == second.redirect_chain
    assert Interview.objects.count() == 1
    held(Interview.objects.get())
    practise(client, item)
    assert Interview.objects.count() == 2


def test_a_deleted_practice_is_not_named(client: Client, guide: StudyGuide) -> None:
    practise(client, item_of(guide))
    interview = Interview.objects.get()
    assert "지난 연습" in client.get(guide.get_absolute_url()).content.decode()

    interview.soft_delete()

    assert "지난 연습" not in client.get(guide.get_absolute_url()).content.decode()
    practise(client, item_of(guide))
    assert Interview.objects.count() == 1


def test_an_answer_is_practised_by_its_own_question(user: User, resume: Resume) -> None:
    interview = to_the_end(begun(resume), "모르겠습니다.")
    judge_interview(request_judgement(interview).pk)
    guide = written(user, interview=interview)

    asked = [topic for item in guide.items.all() for topic in topics_of(item)]

    weak: list[Topic] = [question.topic for question in interview.questions.all()]
    assert any(topic in asked for topic in weak)
    (of_answer,) = [item for item in guide.items.all() if item.checks == [weak[0].question]]
    # Once, in its own words.
    assert list(topics_of(of_answer)) == [weak[0]]


def test_of_an_interview_that_is_gone_the_question_is_still_practised(
    user: User, resume: Resume
) -> None:
    interview = to_the_end(begun(resume), "모르겠습니다.")
    judge_interview(request_judgement(interview).pk)
    guide = written(user, interview=interview, posting=posting_of(user))
    item = next(item for item in guide.items.all() if item.closes[0].question_id)
    StudyItem.objects.filter(pk=item.pk).update(gaps=[{**item.gaps[0], "question_id": 2**40}])

    (topic,) = topics_of(StudyItem.objects.get(pk=item.pk))

    assert topic.kind == BasisKind.CHECK
    assert topic.question.startswith(item.closes[0].text)


def test_without_a_resume_it_says_what_to_do(client: Client, user: User) -> None:
    guide = written(user, posting=posting_of(user))

    page = practise(client, item_of(guide))

    assert "이력서를 먼저 적어 주세요" in page.content.decode()
    assert not Interview.objects.exists()


def test_of_a_posting_alone_the_newest_resume_is_asked_about(
    client: Client, user: User, resume: Resume
) -> None:
    bare_resume(user).soft_delete()
    guide = written(user, posting=posting_of(user))

    practise(client, item_of(guide))

    assert Interview.objects.get().resume == resume


# What is done goes into the résumé


def add(client: Client, item: StudyItem) -> Any:
    return client.post(reverse("studyguides:item_to_resume", args=[item.pk]), follow=True)


def test_what_is_done_is_added_by_its_user(
    client: Client, resume: Resume, guide: StudyGuide
) -> None:
    item = item_of(guide)
    address = reverse("studyguides:item_to_resume", args=[item.pk])
    assert address not in client.get(guide.get_absolute_url()).content.decode()

    set_status(item, ItemStatus.DONE)
    assert address in client.get(guide.get_absolute_url()).content.decode()
    page = add(client, item)

    assert "항목을 더했습니다. 목록에만 있으면 일부만 반영됩니다." in page.content.decode()
    assert resume.technology_stacks.filter(title=item.skill).count() == 1
    assert "이미 모두 적혀 있는" in add(client, item).content.decode()
    assert resume.technology_stacks.filter(title=item.skill).count() == 1


def test_what_is_not_done_is_not_added(client: Client, resume: Resume, guide: StudyGuide) -> None:
    item = item_of(guide)
    set_status(item, ItemStatus.DOING)

    assert add(client, item).status_code == 404
    assert not resume.technology_stacks.filter(title=item.skill).exists()


def test_what_only_led_to_it_is_not_added(client: Client, user: User) -> None:
    asked = posting_of(user, requirements="- Kubernetes 운영 경험", preferred="")
    nurse = create_resume(user, fitting()["01_nurse"])
    guide = written(user, feedback=compared(nurse, asked))
    before = guide.items.filter(is_asked=False)[0]
    set_status(before, ItemStatus.DONE)

    address = reverse("studyguides:item_to_resume", args=[before.pk])
    assert address not in client.get(guide.get_absolute_url()).content.decode()
    assert add(client, before).status_code == 404


def test_of_an_interview_it_goes_into_the_resume_it_was_about(
    client: Client, user: User, resume: Resume
) -> None:
    bare_resume(user)
    interview = to_the_end(begun(resume), "모르겠습니다.")
    judge_interview(request_judgement(interview).pk)
    posting = posting_of(user, requirements="- Elixir 경험", preferred="")
    guide = written(user, interview=interview, posting=posting)
    item = guide.items.get(skill="Elixir")
    set_status(item, ItemStatus.DONE)
    address = reverse("studyguides:item_to_resume", args=[item.pk])
    assert address in client.get(guide.get_absolute_url()).content.decode()

    add(client, item)

    assert resume.technology_stacks.filter(title="Elixir").exists()


def test_only_then_the_rate_rises(
    client: Client, resume: Resume, feedback: ResumeFeedback, guide: StudyGuide
) -> None:
    assert feedback.posting is not None
    for item in guide.items.all():
        set_status(item, ItemStatus.DONE)
    assert compared(resume, feedback.posting).matching_rate == feedback.matching_rate

    for item in guide.items.filter(is_asked=True).exclude(skill=""):
        add(client, item)

    again = compared(Resume.objects.get(pk=resume.pk), feedback.posting).matching_rate
    assert again is not None
    assert feedback.matching_rate is not None
    assert again > feedback.matching_rate


def test_a_deleted_resume_gets_nothing(client: Client, resume: Resume, guide: StudyGuide) -> None:
    item = item_of(guide)
    set_status(item, ItemStatus.DONE)
    resume.soft_delete()

    assert add(client, item).status_code == 404
    page = client.get(guide.get_absolute_url()).content.decode()
    assert "이력서에 적기" not in page
    assert reverse("feedback:detail", args=[guide.feedback_id]) not in page
