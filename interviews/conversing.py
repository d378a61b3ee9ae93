"""Beginning an interview, answering in it, and what the interviewer says next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from redis.exceptions import RedisError

from accounts.models import User
from feedback.services import resume_snapshot
from gaechwi.ai.errors import AIError
from gaechwi.ai.gateway import Stream, Usage
from gaechwi.ai.personal_data import Redaction
from gaechwi.connections import release_connection
from gaechwi.jobs import services as jobs
from gaechwi.jobs.models import Engine
from gaechwi.jobs.services import RequestRefusedError
from interviews import live
from interviews.models import (
    Conversation,
    Interview,
    InterviewQuestion,
    InterviewStatus,
    InterviewTurn,
    Speaker,
)
from interviews.planning import plan
from interviews.probing import probe_of
from interviews.prompts import SPEAK_VERSION, speak_prompt
from interviews.topics import BasisKind, Difficulty, InterviewType, Probe, Topic
from interviews.wording import closing, greeting, practice_greeting
from postings.models import JobPosting
from postings.services import to_document as posting_document
from resumes.models import Resume
from resumes.privacy import redaction_for

RULES_VERSION = "interview-speak-rules-1"
# The longest placeholder of personal data, which must not be shown in halves.
_HELD_BACK = re.compile(r"\[[^\[\]]{0,20}\Z")

_REPEATED = (
    "resume_id",
    "posting_id",
    "resume_snapshot",
    "posting_snapshot",
    "interview_type",
    "question_count",
    "difficulty",
)


class NotYourTurnError(RequestRefusedError):
    """The interviewer speaks, or the answer was given already, in another window for instance."""

    message = gettext_lazy(
        "지금은 답할 차례가 아닙니다. 다른 창에서 이미 답했거나 면접관이 말하고 있습니다."
    )


class InterviewOverError(RequestRefusedError):
    """Nothing more is said in this interview."""

    message = gettext_lazy("이미 끝난 면접입니다.")


def begin(user: User, resume: Resume, posting: JobPosting | None, **choices: Any) -> Interview:
    """Return a new interview whose first words are on their way.

    `choices` are `interview_type`, `question_count` and `difficulty`. Raises NothingToReviewError
    and TooManyJobs.
    """
    return _begun(
        user,
        resume=resume,
        posting=posting,
        resume_snapshot=resume_snapshot(resume),
        posting_snapshot=posting and posting_document(posting).model_dump(mode="json"),
        **choices,
    )


def practise(user: User, resume: Resume, topics: Sequence[Topic]) -> Interview:
    """Return a new interview of these questions, of which there are 1 to MAX_QUESTIONS.

    Raises NothingToReviewError and TooManyJobs.
    """
    return _begun(
        user,
        topics,
        resume=resume,
        resume_snapshot=resume_snapshot(resume),
        interview_type=InterviewType.JOB,
        question_count=len(topics),
    )


def repeat(interview: Interview) -> Interview:
    """Return a new interview with the same questions, about the same words. Raises TooManyJobs."""
    return _begun(
        interview.user,
        [question.topic for question in interview.questions.all()],
        repeated=interview,
        **{field: getattr(interview, field) for field in _REPEATED},
    )


def answer(
    interview: Interview, text: str, seconds: int | None = None, replies_to: int | None = None
) -> InterviewTurn:
    """Keep an answer; return the turn in which the interviewer goes on.

    `seconds` is how long the page says that it took; it cannot have taken longer than the clock
    says. `replies_to` is the order of the words that it answers: where others were said since, in
    another window for instance, it raises NotYourTurnError; None answers the newest. An answer that
    is sent again after the interviewer's next words failed has them tried again. Of two answers to
    the same words the second raises NotYourTurnError. Raises InterviewOverError and TooManyJobs,
    which also leave everything as it was.
    """
    with transaction.atomic():
        locked = Interview.objects.select_for_update().get(pk=interview.pk)
        if locked.is_finished:
            raise InterviewOverError
        last = locked.conversations.last()
        if last is None:
            raise NotYourTurnError
        answered = last.order - (last.speaker == Speaker.CANDIDATE)
        if replies_to not in (None, answered):
            raise NotYourTurnError
        if last.speaker == Speaker.CANDIDATE:
            turn = speak_again(locked) if last.text == text else None
            if turn is None:
                raise NotYourTurnError
            return turn
        now = timezone.now()
        passed = _seconds_between(last.created_at, now)
        Conversation.objects.create(
            interview=locked,
            order=last.order + 1,
            speaker=Speaker.CANDIDATE,
            text=text,
            question=last.question,
            is_follow_up=last.is_follow_up,
            seconds=passed if seconds is None else min(max(seconds, 0), passed),
            created_at=now,
        )
        if locked.status == InterviewStatus.STOPPED:
            go_on(locked)
        return _let_speak(locked, order=last.order + 2)


def speak_again(interview: Interview) -> InterviewTurn | None:
    """Have the interviewer try again where the newest words failed; return their turn if they had.

    Raises TooManyJobs.
    """
    turn = interview.turns.last()
    if turn and jobs.retry(InterviewTurn.objects.all(), turn, jobs.configured_engine()):
        return turn
    return None


def stop(interview: Interview) -> None:
    """Let an interview rest, to come back to it later; one that is over stays so."""
    _of(interview).filter(status=InterviewStatus.GOING_ON).update(status=InterviewStatus.STOPPED)


def go_on(interview: Interview) -> None:
    """Take up an interview that rested."""
    _of(interview).filter(status=InterviewStatus.STOPPED).update(status=InterviewStatus.GOING_ON)


def finish(interview: Interview) -> None:
    """End an interview, however far it has got."""
    _of(interview).exclude(status=InterviewStatus.FINISHED).update(
        status=InterviewStatus.FINISHED, finished_at=timezone.now()
    )


def _of(interview: Interview) -> Any:
    return Interview.objects.filter(pk=interview.pk)


def _begun(user: User, topics: Sequence[Topic] = (), **fields: Any) -> Interview:
    """Return a new interview of some questions; without any, the first turn plans them."""
    with transaction.atomic():
        interview = Interview.objects.create(
            user=user,
            engine=jobs.configured_engine(),
            language=translation.get_language(),
            **fields,
        )
        InterviewQuestion.objects.bulk_create(
            _question(interview, number, topic) for number, topic in enumerate(topics, start=1)
        )
        _let_speak(interview, order=1)
    return interview


def _let_speak(interview: Interview, order: int) -> InterviewTurn:
    turn = InterviewTurn.objects.create(
        interview=interview, order=order, engine=interview.engine, language=interview.language
    )
    jobs.enqueue(turn)
    return turn


def _question(interview: Interview, number: int, topic: Topic) -> InterviewQuestion:
    return InterviewQuestion(
        interview=interview,
        number=number,
        kind=topic.kind,
        section=topic.section or "",
        quote=topic.quote,
        requirement=topic.requirement,
        question=topic.question,
    )


def _seconds_between(before: datetime, after: datetime) -> int:
    return max(0, round((after - before).total_seconds()))


# What a worker does


@dataclass(frozen=True)
class Next:
    """What the interviewer is to speak about; without a question, good-bye."""

    question: InterviewQuestion | None
    topic: Topic | None
    probe: Probe | None = None
    opening: str = ""

    @property
    def by_rules(self) -> str:
        """The words that the rules say."""
        if self.probe:
            return self.probe.question
        return self.topic.question if self.topic else closing()


@dataclass(frozen=True)
class Spoken:
    """What was said, about what, and what it cost. `plan` is the plan that was made for it."""

    text: str
    about: Next
    plan: tuple[Topic, ...]
    model: str
    prompt_version: str
    usage: Usage


def speak(turn: InterviewTurn) -> Spoken:
    """Say the interviewer's next words to whoever listens, and return them.

    Where the model gives out, before a word or in the middle, the rules say the rest: an interview
    does not stand still. What another worker had said of the turn before it died stays said.
    Raises SilencedError where that worker lives after all, RedisError where Redis is away and
    another worker may have said something.
    """
    interview = turn.interview
    said_so_far = list(interview.conversations.all())
    questions = list(interview.questions.all())
    made = () if questions else tuple(_planned(interview))
    topics = [question.topic for question in questions] or list(made)
    about = _next(interview, said_so_far, questions, topics)
    speech, before = _taken(turn)
    if before:
        speech.break_off()
    elif about.opening:
        speech.say(f"{about.opening}\n\n")
    stream = _stream(turn, said_so_far, about)
    model = _say_by_model(speech, *stream) if stream else ""
    if not model:
        speech.say(about.by_rules)
    return Spoken(
        text=speech.text,
        about=about,
        plan=made,
        model=model,
        prompt_version=SPEAK_VERSION if model else RULES_VERSION,
        usage=stream[0].usage if stream else Usage(),
    )


def save_words(turn: InterviewTurn, spoken: Spoken) -> None:
    """Write what was said into the conversation; with the closing words the interview is over."""
    interview = turn.interview
    planned = InterviewQuestion.objects.bulk_create(
        _question(interview, number, topic) for number, topic in enumerate(spoken.plan, start=1)
    )
    question = planned[0] if planned else spoken.about.question
    Conversation.objects.create(
        interview=interview,
        order=turn.order,
        speaker=Speaker.INTERVIEWER,
        text=spoken.text,
        question=question,
        is_follow_up=spoken.about.probe is not None,
        created_at=timezone.now(),
    )
    if question is None:
        finish(interview)
    InterviewTurn.objects.filter(pk=turn.pk).update(
        model=spoken.model,
        prompt_version=spoken.prompt_version,
        **jobs.usage_fields(spoken.usage),
    )
    transaction.on_commit(live.Voice(turn.pk, str(turn.claim)).end, robust=True)


def _planned(interview: Interview) -> list[Topic]:
    return plan(
        interview.document,
        interview.posting_document,
        InterviewType(interview.interview_type),
        Difficulty(interview.difficulty),
        interview.question_count,
        timezone.localdate(interview.created_at),
    )


def _next(
    interview: Interview,
    said: Sequence[Conversation],
    questions: Sequence[InterviewQuestion],
    topics: Sequence[Topic],
) -> Next:
    if not said:
        if topics[0].kind == BasisKind.CHECK:
            opening = practice_greeting(len(topics))
        else:
            opening = greeting(InterviewType(interview.interview_type), interview.question_count)
        return Next(questions[0] if questions else None, topics[0], opening=opening)
    last = said[-1]
    asked = next(question for question in questions if question.pk == last.question_id)
    if not last.is_follow_up:
        probe = probe_of(last.text, asked.topic, Difficulty(interview.difficulty))
        if probe:
            return Next(asked, asked.topic, probe)
    if asked.number == len(questions):
        return Next(None, None)
    following = questions[asked.number]
    return Next(following, following.topic)


def _stream(
    turn: InterviewTurn, said: Sequence[Conversation], about: Next
) -> tuple[Stream, Redaction] | None:
    if turn.engine != Engine.OPENAI or about.topic is None:
        return None
    interview = turn.interview
    redaction = redaction_for(interview.document)
    prompt = speak_prompt(
        interview.document,
        interview.posting_document,
        redaction,
        conversation=[(one.speaker, one.text) for one in said],
        topic=about.topic,
        probe=about.probe,
        difficulty=interview.difficulty,
        language=interview.language,
    )
    return Stream(prompt), redaction


def _taken(turn: InterviewTurn) -> tuple[_Speech, str]:
    try:
        voice, before = live.Voice.take(turn.pk, turn.claim)
    except RedisError:
        if turn.may_be_heard:
            raise
        # Nobody has heard anything yet, so that it can be said unheard.
        return _Speech(None, ""), ""
    if not turn.may_be_heard:
        InterviewTurn.objects.filter(pk=turn.pk).update(may_be_heard=True)
        # To speak takes long.
        release_connection()
    return _Speech(voice, before), before


class _Speech:
    """Words that go to whoever listens, and are remembered."""

    def __init__(self, voice: live.Voice | None, before: str) -> None:
        self._voice = voice
        self.text = before

    def say(self, words: str) -> None:
        if self._voice:
            try:
                self._voice.say(words)
            except RedisError:
                # Nobody hears the rest before it stands in the database, where all of it will.
                self._voice = None
        self.text += words

    def break_off(self) -> None:
        self.say(f" … {_('말이 끊겨 다시 여쭙겠습니다.')} ")


def _say_by_model(speech: _Speech, stream: Stream, redaction: Redaction) -> str:
    """Say what the model says; return its name, "" where it gave out."""
    before = speech.text
    try:
        for words in restored(stream, redaction):
            speech.say(words)
    except AIError:
        if speech.text != before:
            speech.break_off()
        return ""
    return stream.model


def restored(pieces: Iterable[str], redaction: Redaction) -> Iterator[str]:
    """Yield what a model says with the personal data put back, however its words are cut."""
    held = ""
    for piece in pieces:
        text = held + piece
        cut = _HELD_BACK.search(text)
        held = text[cut.start() :] if cut else ""
        if ready := text[: len(text) - len(held)]:
            yield redaction.restore(ready)
    if held:
        yield redaction.restore(held)
