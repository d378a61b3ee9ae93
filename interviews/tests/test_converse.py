"""A conversation: questions, answers, follow-ups, and what is kept of it whatever breaks."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from pytest_django import Settings
from redis import Redis

from gaechwi.ai.personal_data import Redaction
from gaechwi.jobs import services as jobs
from gaechwi.jobs.leases import leases
from gaechwi.jobs.limits import TooManyJobs
from gaechwi.jobs.models import JobError, JobStatus
from interviews import live
from interviews.conversing import (
    InterviewOverError,
    NotYourTurnError,
    _taken,
    answer,
    begin,
    finish,
    repeat,
    restored,
    stop,
)
from interviews.models import Interview, InterviewStatus, InterviewTurn, Speaker
from interviews.planning import plan
from interviews.tasks import speak
from interviews.tests.interviewing import GOOD, THIN, begun, hear, say, to_the_end
from resumes.models import Resume
from tests.model_server import Exchange, ModelServer, breaks_off, failing

pytestmark = pytest.mark.django_db(transaction=True)

ASKED = "결제 API를 만드실 때 무엇이 가장 어려웠는지, 어떻게 푸셨는지 말씀해 주시겠어요?"


@pytest.fixture
def model(settings: Settings) -> Iterator[ModelServer]:
    """An OpenAI-compatible server that the project is set up with; it asks ASKED."""
    with ModelServer(lambda exchange: exchange.answer(ASKED)) as server:
        settings.OPENAI_BASE_URL = server.url
        settings.OPENAI_API_KEY = "test-key"
        settings.OPENAI_MODEL = "test-model"
        yield server


def spoken(interview: Interview) -> list[tuple[int, str]]:
    return list(interview.conversations.values_list("order", "speaker"))


def test_it_works(resume: Resume) -> None:
    interview = begun(resume, question_count=3, difficulty="easy")
    first = interview.conversations.get()
    questions = list(interview.questions.all())

    assert len(questions) == 3
    assert first.text.endswith(questions[0].question)
    assert (first.speaker, first.question, first.seconds) == ("interviewer", questions[0], None)

    second = say(interview)
    assert (second.order, second.question, second.text) == (3, questions[1], questions[1].question)
    to_the_end(interview)
    interview.refresh_from_db()
    assert interview.status == InterviewStatus.FINISHED
    assert interview.finished_at is not None
    *said, (last, speaker) = spoken(interview)
    assert [order for order, _speaker in said] == list(range(1, last))
    assert speaker == Speaker.INTERVIEWER


def test_a_thin_answer_is_asked_after_once(resume: Resume) -> None:
    interview = begun(resume)
    first = interview.conversations.get()

    after = say(interview, THIN)
    assert (after.question, after.is_follow_up) == (first.question, True)
    following = say(interview, THIN)
    assert (following.question, following.is_follow_up) == (interview.questions.all()[1], False)


def test_two_answers_at_once_give_one_turn(resume: Resume) -> None:
    interview = begun(resume)
    barrier = threading.Barrier(2)
    outcomes: list[str] = []

    def reply(text: str) -> None:
        barrier.wait()
        try:
            answer(interview, text)
            outcomes.append("taken")
        except NotYourTurnError:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=reply, args=(text,)) for text in (GOOD, THIN)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["refused", "taken"]
    assert spoken(interview) == [(1, "interviewer"), (2, "candidate")]
    assert InterviewTurn.objects.active().count() == 1


def test_nobody_answers_while_the_interviewer_speaks(resume: Resume) -> None:
    interview = begin(
        resume.user, resume, None, interview_type="1", question_count=3, difficulty="easy"
    )
    with pytest.raises(NotYourTurnError):
        answer(interview, GOOD)


def test_an_interview_that_is_over_takes_no_answer(resume: Resume) -> None:
    interview = begun(resume)
    finish(interview)
    with pytest.raises(InterviewOverError):
        answer(interview, GOOD)
    assert spoken(interview) == [(1, "interviewer")]


def test_an_interview_that_rested_goes_on_with_the_answer(resume: Resume) -> None:
    interview = begun(resume)
    stop(interview)
    interview.refresh_from_db()
    assert interview.status == InterviewStatus.STOPPED
    say(interview)
    interview.refresh_from_db()
    assert interview.status == InterviewStatus.GOING_ON


@pytest.mark.parametrize(("told", "kept"), [(None, 90), (60, 60), (5000, 90), (-3, 0)])
def test_the_time_of_an_answer_is_kept(resume: Resume, told: int | None, kept: int) -> None:
    interview = begun(resume)
    interview.conversations.update(created_at=timezone.now() - timedelta(seconds=90))
    answer(interview, GOOD, told)
    seconds = interview.conversations.get(order=2).seconds
    assert seconds is not None
    assert abs(seconds - kept) <= 1


def test_the_same_questions_can_be_practised_again(resume: Resume) -> None:
    interview = to_the_end(begun(resume))
    again = repeat(interview)
    hear(again)

    def topics(of: Interview) -> list[str]:
        return [question.topic.model_dump_json() for question in of.questions.all()]

    assert topics(again) == topics(interview)
    assert again.conversations.count() == 1


def test_the_limit_of_a_day_leaves_the_answer_untaken(
    resume: Resume, model: ModelServer, settings: Settings
) -> None:
    interview = begun(resume)
    settings.MODEL_JOBS_PER_DAY = 1
    with pytest.raises(TooManyJobs):
        answer(interview, GOOD)
    assert spoken(interview) == [(1, "interviewer")]


# With a model


def test_the_model_words_what_the_rules_chose(resume: Resume, model: ModelServer) -> None:
    interview = begun(resume)
    first = interview.conversations.get()
    assert first.text.endswith(ASKED)
    turn = InterviewTurn.objects.get(order=1)
    assert (turn.model, turn.model_calls) == ("test-model", 1)
    assert turn.completion_tokens > 0
    assert (
        interview.questions.all()[0].question in model.requests[-1].body["messages"][1]["content"]
    )


def test_no_personal_data_leaves(resume: Resume, model: ModelServer) -> None:
    interview = begun(resume)
    say(interview, f"제 번호는 {resume.phone}이고 이메일은 {resume.email}입니다. {GOOD}")
    sent = str([request.body for request in model.requests])
    assert "2.1초에서 0.3초로" in sent
    for secret in (resume.name, resume.email, resume.phone, resume.address):
        assert secret not in sent


@pytest.mark.parametrize("behaviour", [failing(99), breaks_off(99), lambda e: e.refuse()])
def test_where_the_model_gives_out_the_rules_go_on(
    resume: Resume, model: ModelServer, settings: Settings, behaviour: object
) -> None:
    settings.OPENAI_MAX_RETRIES = 0
    model.behaviour = behaviour  # type: ignore[assignment]
    interview = begun(resume)
    first = interview.conversations.get()
    assert first.text.endswith(interview.questions.all()[0].question)
    turn = InterviewTurn.objects.get()
    assert (turn.status, turn.model) == (JobStatus.DONE, "")
    assert turn.model_calls == 1


def test_what_was_shown_before_a_break_stays(
    resume: Resume, model: ModelServer, settings: Settings
) -> None:
    settings.OPENAI_MAX_RETRIES = 0

    def behave(exchange: Exchange) -> None:
        exchange.break_off(ASKED * 4)

    model.behaviour = behave
    interview = begun(resume)
    text = interview.conversations.get().text
    assert ASKED in text
    assert text.count("말이 끊겨 다시 여쭙겠습니다") == 1


# What dies in between


def test_a_killed_worker_s_words_are_not_lost_and_not_said_twice(resume: Resume) -> None:
    interview = begin(
        resume.user, resume, None, interview_type="1", question_count=3, difficulty="easy"
    )
    turn = interview.turns.get()
    dead, before = live.Voice.take(turn.pk, uuid4())
    assert before == ""
    dead.say("안녕하세요. 오늘 면")

    speak(turn.pk)

    text = interview.conversations.get().text
    assert text.startswith("안녕하세요. 오늘 면 … ")
    assert text.endswith(interview.questions.all()[0].question)
    with pytest.raises(live.SilencedError):
        dead.say("접을 진행할")


def test_an_emptied_redis_takes_nobody_s_voice(resume: Resume) -> None:
    interview = begun(resume)
    turn = interview.turns.get()
    voice, _before = live.Voice.take(turn.pk, uuid4())
    Redis.from_url(settings.REDIS_URL).flushdb()

    voice.say("그대로")

    assert live.Voice.take(turn.pk, uuid4())[1] == "그대로"


def test_in_an_emptied_redis_one_voice_goes_on(resume: Resume) -> None:
    turn = begun(resume).turns.get()
    dead, _before = live.Voice.take(turn.pk, uuid4())
    voice, _before = live.Voice.take(turn.pk, uuid4())
    Redis.from_url(settings.REDIS_URL).flushdb()

    voice.say("하나")

    with pytest.raises(live.SilencedError):
        dead.say("둘")
    voice.say("셋")
    redis = Redis.from_url(settings.REDIS_URL)
    assert 0 < redis.ttl(live._owner(turn.pk)) <= live.KEEP_SECONDS
    assert live.Voice.take(turn.pk, uuid4())[1] == "하나셋"


@contextmanager
def redis_away(settings: Settings) -> Iterator[None]:
    """Take Redis away, where the words are heard while they are spoken."""
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    live._client.cache_clear()
    yield
    live._client.cache_clear()


def test_without_redis_the_words_are_said_unheard(resume: Resume, settings: Settings) -> None:
    with redis_away(settings):
        interview = begun(resume)

    assert interview.conversations.get().text.endswith(interview.questions.all()[0].question)


def handed_back(turn: InterviewTurn) -> None:
    """Let a worker that stops give the turn to others, in mid-sentence."""
    InterviewTurn.objects.update(
        status=JobStatus.RUNNING, claim=uuid4(), lease_until=timezone.now(), attempts=1
    )
    with leases.hold(InterviewTurn.objects.get()):
        leases.let_go()


def asked_for_again(turn: InterviewTurn) -> None:
    """Let the turn fail, and its user try again."""
    InterviewTurn.objects.update(
        status=JobStatus.FAILED, error=JobError.INTERNAL, finished_at=timezone.now(), attempts=1
    )
    assert jobs.retry(InterviewTurn.objects.all(), turn, jobs.configured_engine())


def taken_for_dead(turn: InterviewTurn) -> None:
    """Let the worker of the turn be gone."""
    InterviewTurn.objects.update(
        status=JobStatus.RUNNING,
        claim=uuid4(),
        lease_until=timezone.now() - timedelta(minutes=1),
        attempts=1,
    )


@pytest.mark.parametrize("lost", [handed_back, asked_for_again, taken_for_dead])
@pytest.mark.parametrize("heard", [True, False])
def test_what_may_have_been_heard_is_not_said_otherwise(
    resume: Resume, settings: Settings, lost: Callable[[InterviewTurn], None], heard: bool
) -> None:
    turn = begin(
        resume.user, resume, None, interview_type="1", question_count=3, difficulty="normal"
    ).turns.get()
    if heard:
        _taken(turn)
    lost(turn)

    with redis_away(settings):
        speak(turn.pk)

    turn.refresh_from_db()
    assert turn.status == (JobStatus.FAILED if heard else JobStatus.DONE)
    assert turn.interview.conversations.exists() is not heard


def test_a_turn_that_two_workers_got_is_spoken_once(resume: Resume) -> None:
    interview = begun(resume)
    turn = interview.turns.get()
    speak(turn.pk)
    assert interview.conversations.count() == 1


@pytest.mark.parametrize("size", [1, 2, 3, 5, 100])
def test_placeholders_are_put_back_however_they_are_cut(size: int) -> None:
    redaction = Redaction(name="김하늘", email="", phone="", address="", birth_date=None)
    text = redaction.redact("김하늘 님, [참고] 반갑습니다 [")
    pieces = [text[start : start + size] for start in range(0, len(text), size)]
    assert "".join(restored(pieces, redaction)) == "김하늘 님, [참고] 반갑습니다 ["


def test_the_plan_is_made_of_the_words_at_the_beginning(resume: Resume) -> None:
    interview = begin(
        resume.user, resume, None, interview_type="3", question_count=5, difficulty="hard"
    )
    resume.experiences.all().delete()
    hear(interview)
    planned = [question.topic for question in interview.questions.all()]
    expected = plan(
        interview.document,
        None,
        *("3", "hard"),  # type: ignore[arg-type]
        5,
        timezone.localdate(),
    )
    assert planned == expected
