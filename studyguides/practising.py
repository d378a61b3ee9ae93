"""Practising an item of a guide: a short interview about what was learnt."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from feedback.checks.sentences import clip, excerpt
from gaechwi.jobs.services import RequestRefusedError
from interviews import conversing
from interviews.models import Interview, InterviewQuestion
from interviews.topics import BasisKind, Topic
from resumes.models import Resume
from studyguides.lessons import CHECK_LENGTH
from studyguides.models import StudyItem

# Of the gaps that an item closes, so many are asked about: it is to stay a short interview.
MAX_GAPS = 2


class NoResumeError(RequestRefusedError):
    """An interview is about a résumé, and its user has none."""

    message = gettext_lazy("면접에 쓸 이력서가 없습니다. 이력서를 먼저 적어 주세요.")


def practise(item: StudyItem) -> Interview:
    """Return a short interview about an item: the one that is not over yet, or a new one.

    It is about the résumé that the guide is about, as it stands now; where the guide is about none,
    about the one that was changed last. Raises NoResumeError, NothingToReviewError and
    TooManyJobs.
    """
    user = item.guide.user
    resume = _resume(item, user)
    with transaction.atomic():
        # Of two clicks the second one goes on with what the first has begun.
        locked = StudyItem.objects.select_for_update().get(pk=item.pk)
        if locked.practice_id:
            before = Interview.objects.for_user(user).filter(pk=locked.practice_id).first()
            if before and not before.is_finished:
                return before
        practice = conversing.practise(user, resume, list(topics_of(item)))
        locked.practice = practice
        locked.save(update_fields=["practice"])
    return practice


def topics_of(item: StudyItem) -> Iterator[Topic]:
    """Yield what an interview about an item asks: its checks, then how they serve what is asked."""
    name = item.skill or item.title
    answers = {gap.question_id for gap in item.closes if gap.question_id}
    asked = {question.pk: question for question in InterviewQuestion.objects.filter(pk__in=answers)}
    # An answer that is to be given again is its own check: its question is asked once, as it was.
    again = {question.question[:CHECK_LENGTH] for question in asked.values()}
    for check in item.checks:
        if check in again:
            continue
        question = _("%(check)s 직접 해 보신 일을 들어 말씀해 주세요.") % {"check": check}
        yield Topic(kind=BasisKind.CHECK, question=question, requirement=name)
    for gap in item.closes[:MAX_GAPS]:
        if gap.question_id is None:
            question = _(
                "공고의 ‘%(requirement)s’ 항목에 지금까지 배운 것을 어떻게 쓰시겠어요? 더 채울 "
                "것과 그 계획도 말씀해 주세요."
            ) % {"requirement": excerpt(gap.text)}
            yield Topic(kind=BasisKind.GAP, question=question, requirement=clip(gap.text))
        elif gap.question_id in asked:
            yield asked[gap.question_id].topic


def _resume(item: StudyItem, user: User) -> Resume:
    resumes = Resume.objects.for_user(user)
    guide = item.guide
    about = [source.resume_id for source in (guide.feedback, guide.interview) if source is not None]
    resume = resumes.filter(pk__in=about).first() or resumes.order_by("-updated_at").first()
    if resume is None:
        raise NoResumeError
    return resume
