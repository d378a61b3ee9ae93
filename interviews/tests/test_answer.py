from __future__ import annotations

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from gaechwi.jobs.models import JobError, JobStatus
from interviews.conversing import answer, finish, stop
from interviews.models import Conversation, InterviewFeedback, InterviewStatus, InterviewTurn
from interviews.tests.held import QUESTION, QUOTE, asked, begun, judged, speak
from resumes.models import Resume

pytestmark = pytest.mark.django_db

TEXT = "읽기가 많아서 캐시를 골랐습니다."


def said() -> list[str]:
    return [one.text for one in Conversation.objects.filter(speaker="candidate")]


def test_it_works(client: Client, resume: Resume) -> None:
    interview = asked(resume)
    url = interview.get_absolute_url()
    assertContains(client.get(url), QUESTION)

    response = client.post(url, {"text": TEXT, "seconds": "0"})

    assertRedirects(response, url)
    assert said() == [TEXT]
    page = client.get(url).content.decode()
    assert TEXT in page
    assert "<textarea" not in page


def test_it_checks_access(other_client: Client, resume: Resume) -> None:
    interview = asked(resume)

    assert other_client.post(interview.get_absolute_url(), {"text": TEXT}).status_code == 404
    assert said() == []


def test_no_news_is_an_empty_answer(client: Client, other_client: Client, resume: Resume) -> None:
    interview = begun(resume)
    turn = interview.turns.get()
    url = interview.get_absolute_url()
    seen = f"{url}?turn={turn.pk}&seen=queued"
    htmx = {"hx-request": "true"}

    assertContains(client.get(url), f'hx-get="{url}?turn={turn.pk}&amp;seen=queued"')
    assertContains(client.get(url), '<noscript><meta http-equiv="refresh"')
    assert client.get(seen, headers=htmx).status_code == 204
    assert other_client.get(seen, headers=htmx).status_code == 404
    InterviewTurn.objects.update(status=JobStatus.DONE, finished_at=timezone.now())
    news = client.get(seen, headers=htmx)
    assertContains(news, "<textarea")
    assertNotContains(news, "<html")


def test_nothing_is_awaited_once_the_last_word_was_said(client: Client, resume: Resume) -> None:
    # What the page reads where an interview ends between its two looks.
    interview = begun(resume)
    finish(interview)

    page = client.get(interview.get_absolute_url())

    assertContains(page, "면접이 끝났습니다.")
    assertNotContains(page, "data-words")
    assertNotContains(page, "hx-get=")


def test_an_answer_out_of_turn_is_kept_on_the_page(client: Client, resume: Resume) -> None:
    interview = asked(resume)
    answer(interview, "다른 창에서 한 답", 1)

    page = client.post(interview.get_absolute_url(), {"text": TEXT})

    assertContains(page, TEXT, status_code=409)
    assertContains(page, "지금은 답할 차례가 아닙니다", status_code=409)
    assertContains(page, "다른 창에서 한 답", status_code=409)
    assertNotContains(page, "http-equiv", status_code=409)
    assert said() == ["다른 창에서 한 답"]


def test_an_answer_to_words_of_before_is_kept_on_the_page(client: Client, resume: Resume) -> None:
    interview = asked(resume)
    old = f"{interview.get_absolute_url()}?to=1"
    assertContains(client.get(interview.get_absolute_url()), f'action="{old}"')
    answer(interview, "다른 창에서 한 답", 1)
    speak(interview, interview.questions.all()[1])

    page = client.post(old, {"text": TEXT})

    assertContains(page, TEXT, status_code=409)
    assertContains(page, "지금은 답할 차례가 아닙니다", status_code=409)
    assert said() == ["다른 창에서 한 답"]
    # The page that says so shows the new words, and answers those.
    assertContains(page, f'action="{interview.get_absolute_url()}?to=3"', status_code=409)
    client.post(f"{interview.get_absolute_url()}?to=3", {"text": TEXT})
    assert said() == ["다른 창에서 한 답", TEXT]


def test_an_answer_after_the_end_is_kept_on_the_page(client: Client, resume: Resume) -> None:
    interview = asked(resume)
    finish(interview)

    page = client.post(interview.get_absolute_url(), {"text": TEXT})

    assertContains(page, TEXT, status_code=409)
    assertContains(page, "이미 끝난 면접입니다", status_code=409)


@override_settings(JOB_REQUESTS_PER_USER=0)
def test_an_answer_too_many_is_kept_on_the_page(client: Client, resume: Resume) -> None:
    interview = asked(resume)

    page = client.post(interview.get_absolute_url(), {"text": TEXT})

    assertContains(page, TEXT, status_code=429)
    assert page["Retry-After"]
    assert said() == []


@pytest.mark.parametrize("text", ["", "  ", "가" * 5001])
def test_what_is_no_answer_is_refused(client: Client, resume: Resume, text: str) -> None:
    interview = asked(resume)

    page = client.post(interview.get_absolute_url(), {"text": text})

    assertContains(page, 'aria-invalid="true"')
    assert said() == []


def test_failed_words_can_be_asked_for_again(client: Client, resume: Resume) -> None:
    interview = begun(resume)
    InterviewTurn.objects.update(
        status=JobStatus.FAILED, error=JobError.INTERNAL, finished_at=timezone.now()
    )
    again = reverse("interviews:speak_again", args=[interview.pk])
    assertContains(client.get(interview.get_absolute_url()), again)

    assertRedirects(client.post(again), interview.get_absolute_url())

    assert interview.turns.get().status == JobStatus.QUEUED


def test_it_rests_and_goes_on(client: Client, resume: Resume) -> None:
    interview = asked(resume)
    url = interview.get_absolute_url()

    client.post(reverse("interviews:stop", args=[interview.pk]))
    resting = client.get(url)
    client.post(reverse("interviews:go_on", args=[interview.pk]))

    assertContains(resting, "이어서 하기")
    assertNotContains(resting, "<textarea")
    assertContains(client.get(url), "<textarea")


def test_it_is_ended_and_judged(client: Client, resume: Resume) -> None:
    interview = asked(resume)
    judge = reverse("interviews:judge", args=[interview.pk])
    assertContains(client.post(judge, follow=True), "아직 답한 질문이 없어")
    answer(interview, TEXT, 1)
    stop(interview)

    page = client.post(judge, follow=True)

    assertContains(page, "면접을 평가하고 있습니다")
    assertContains(page, f"{interview.get_absolute_url()}?seen=queued")
    interview.refresh_from_db()
    assert interview.status == InterviewStatus.FINISHED
    InterviewFeedback.objects.update(
        status=JobStatus.FAILED, error=JobError.INTERNAL, finished_at=timezone.now()
    )
    again = reverse("interviews:judge_again", args=[interview.pk])
    assertContains(client.get(interview.get_absolute_url()), again)
    client.post(again)
    assert InterviewFeedback.objects.get().status == JobStatus.QUEUED


def test_the_judgement_is_shown(client: Client, resume: Resume) -> None:
    interview = judged(resume, score=64)

    page = client.get(interview.get_absolute_url())

    for words in (
        "총점 64점",
        "차분히 답하셨습니다.",
        "질문 3: 64점",
        QUOTE,
        "까닭을 말했습니다.",
        "수치를 더해 보세요.",
        "읽기 요청이 많아 캐시를 골랐습니다.",
    ):
        assertContains(page, words)
    assertNotContains(page, "hx-trigger")


def test_the_same_questions_are_asked_again(client: Client, resume: Resume) -> None:
    interview = judged(resume)

    response = client.post(reverse("interviews:repeat", args=[interview.pk]))

    again = interview.repetitions.get()
    assertRedirects(response, again.get_absolute_url())
    assert [q.question for q in again.questions.all()] == [QUESTION] * 3


def test_words_are_no_markup(client: Client, resume: Resume) -> None:
    interview = asked(resume)
    hostile = '"><script>alert(1)</script>'
    Conversation.objects.update(text=hostile)

    assertNotContains(client.get(interview.get_absolute_url()), hostile)


@pytest.mark.parametrize("count", [3, 10])
def test_the_number_of_queries_is_constant(
    client: Client,
    resume: Resume,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    interview = judged(resume, count=count)
    client.get(interview.get_absolute_url())
    # User, interview with judgement, its questions, what is said of them, what was said, its
    # questions, turns.
    with django_assert_num_queries(7):
        client.get(interview.get_absolute_url())
