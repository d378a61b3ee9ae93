"""What a user does best next: told by how far their application has got."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from feedback.models import ResumeFeedback
from gaechwi.jobs.models import JobStatus
from interviews.models import Interview, InterviewStatus
from postings.models import JobPosting
from resumes.models import Resume
from studyguides.models import ItemStatus, StudyGuide, StudyItem

# More would be a list of tasks, and no answer to "what next?".
MAX_STEPS = 3
# Deadlines farther off can wait until something else is done.
SOON = timedelta(days=14)


@dataclass(frozen=True)
class Step:
    """Something to do: what, why, and the address that begins it, by a POST where it `starts`."""

    title: str
    reason: str
    action: str
    url: str
    starts: bool = False


def next_steps(
    user: User, on: date, resumes: Sequence[Resume], feedbacks: Sequence[ResumeFeedback]
) -> list[Step]:
    """Return what a user does best on a day, the most urgent first, MAX_STEPS at most.

    Of the user's résumés and feedbacks the first is the newest.
    """
    if not resumes:
        return [
            Step(
                _("이력서부터 적어 볼까요?"),
                _("제목과 이름만으로 시작하고, 나머지는 나눠서 채우면 됩니다."),
                _("이력서 쓰기"),
                reverse("resumes:create"),
            ),
            Step(
                _("이미 쓴 이력서가 있나요?"),
                _("PDF나 DOCX 파일, 글에서 항목별로 나눠 읽고, 저장하기 전에 보여 드립니다."),
                _("이력서 가져오기"),
                reverse("imports:start"),
            ),
        ]
    return list(islice(_steps(user, on, resumes[0], feedbacks), MAX_STEPS))


def _steps(
    user: User, on: date, resume: Resume, feedbacks: Sequence[ResumeFeedback]
) -> Iterator[Step]:
    yield from _interview_to_go_on_with(user)
    yield from _posting_to_compare(user, on)
    yield from _feedback(user, resume, feedbacks)
    yield from _item_to_learn(user)
    if not JobPosting.objects.for_user(user).exists():
        yield Step(
            _("지원하려는 공고를 붙여 넣어 보세요"),
            _("이력서가 공고에 얼마나 맞는지, 무엇이 모자란지 보여 드립니다."),
            _("공고 붙여 넣기"),
            reverse("postings:paste"),
        )
    yield Step(
        _("모의 면접으로 말해 보세요"),
        _("이력서에 적은 일을 면접관이 묻습니다. 언제든 멈췄다가 이어서 할 수 있습니다."),
        _("모의 면접 시작"),
        f"{reverse('interviews:start')}?resume={resume.pk}",
    )


def _interview_to_go_on_with(user: User) -> Iterator[Step]:
    interviews = Interview.objects.for_user(user).exclude(status=InterviewStatus.FINISHED)
    interview = interviews.for_lists().first()
    if interview is not None:
        yield Step(
            _("하던 모의 면접이 있습니다"),
            interview.resume.title,
            _("이어서 답하기"),
            interview.get_absolute_url(),
        )


def _posting_to_compare(user: User, on: date) -> Iterator[Step]:
    compared = ResumeFeedback.objects.for_user(user).filter(posting=OuterRef("pk"))
    postings = JobPosting.objects.for_user(user).for_lists()
    posting = (
        postings.filter(~Exists(compared), deadline__range=(on, on + SOON))
        .order_by("deadline", "pk")
        .first()
    )
    if posting is not None:
        yield Step(
            _("‘%(title)s’ 마감: %(countdown)s")
            % {"title": posting.title, "countdown": posting.countdown},
            _("아직 이력서와 맞춰 보지 않은 공고입니다."),
            _("이력서와 맞춰 보기"),
            posting.get_absolute_url(),
        )


def _feedback(user: User, resume: Resume, feedbacks: Sequence[ResumeFeedback]) -> Iterator[Step]:
    if not feedbacks:
        yield Step(
            _("첫 피드백을 받아 보세요"),
            _("‘%(title)s’ 이력서를 문장 단위로 읽고 잘된 부분과 고칠 부분을 알려 드립니다.")
            % {"title": resume.title},
            _("피드백 받기"),
            reverse("feedback:request_standard", args=[resume.pk]),
            starts=True,
        )
        return
    feedback = feedbacks[0]
    titles = {
        JobStatus.FAILED: _("피드백을 만들지 못했습니다"),
        JobStatus.DONE: _("피드백을 읽고 이력서를 고쳐 보세요"),
    }
    yield Step(
        titles.get(JobStatus(feedback.status), _("피드백을 만들고 있습니다")),
        feedback.resume.title,
        _("피드백 보기"),
        feedback.get_absolute_url(),
    )
    if feedback.status == JobStatus.DONE and feedback.posting_id:
        guides = StudyGuide.objects.for_user(user).filter(feedback=feedback.pk)
        if not guides.exists():
            yield Step(
                _("모자란 것을 배울 차례를 정해 보세요"),
                _("공고가 바라는데 이력서에서 찾지 못한 것부터 채웁니다."),
                _("학습 가이드 만들기"),
                f"{reverse('studyguides:start')}?feedback={feedback.pk}",
            )


def _item_to_learn(user: User) -> Iterator[Step]:
    items = StudyItem.objects.for_user(user).exclude(status=ItemStatus.DONE)
    item = items.order_by("-guide__created_at", "order").first()
    if item is not None:
        yield Step(
            _("이어서 배울 것: %(title)s") % {"title": item.title},
            _("%(hours)d시간") % {"hours": item.estimated_hours},
            _("학습 가이드 보기"),
            f"{reverse('studyguides:detail', args=[item.guide_id])}#item-{item.pk}",
        )
