"""What an interviewer asks about, and what of an answer is worth asking after."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict

from resumes.document import Section

# As a user may choose; to practise what was learnt takes as many as there are to ask.
MIN_QUESTIONS, MAX_QUESTIONS = 3, 10


class InterviewType(TextChoices):
    """What kind of interview it is: the ids of the code division `interview_type`."""

    TECHNICAL = "1", _("기술 면접")
    PERSONALITY = "2", _("인성 면접")
    JOB = "3", _("직무 면접")
    GENERAL = "4", _("종합 면접")


class Difficulty(TextChoices):
    """How deep an interviewer goes, and how hard they are to content."""

    EASY = "easy", _("쉬움")
    NORMAL = "normal", _("보통")
    HARD = "hard", _("어려움")


class BasisKind(TextChoices):
    """What a question rests on."""

    INTRODUCTION = "introduction", _("자기소개")
    EXPERIENCE = "experience", _("경력")
    PROJECT = "project", _("프로젝트")
    ACHIEVEMENT = "achievement", _("성과")
    TECHNOLOGY = "technology", _("기술")
    REQUIREMENT = "requirement", _("공고의 요구")
    GAP = "gap", _("이력서에 없는 요구")
    PERIOD = "period", _("공백이나 짧은 재직")
    ATTITUDE = "attitude", _("일하는 태도")
    CHECK = "check", _("학습 가이드의 확인 질문")


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Topic(_Frozen):
    """What one question is about.

    `quote` holds words that stand in `section` of the résumé, literally; both are empty where the
    question rests on none. `requirement` holds words of the posting, of a check the name of what is
    learnt, "" where it rests on none.
    `question` is how the rules ask it, in the language of the interview.
    """

    kind: BasisKind
    question: str
    section: Section | None = None
    quote: str = ""
    requirement: str = ""


class ProbeKind(TextChoices):
    """Why an answer is asked after."""

    TOO_SHORT = "too_short", _("답이 짧음")
    NO_SITUATION = "no_situation", _("상황이 없음")
    NO_ACTION = "no_action", _("한 일이 없음")
    NO_RESULT = "no_result", _("결과가 없음")
    NO_FIGURE = "no_figure", _("수치가 없음")
    CLAIM = "claim", _("확인할 만한 주장")


class Probe(_Frozen):
    """What one follow-up question is about.

    `quote` holds words that stand in the answer, literally. `question` is how the rules ask, the
    quote included.
    """

    kind: ProbeKind
    quote: str
    question: str
