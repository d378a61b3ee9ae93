"""How many jobs one may ask for, by every way there is to ask."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import User
from exports.services import request_export
from feedback.models import ResumeFeedback, ResumeImprovement
from feedback.services import request_posting_feedback, request_standard_feedback
from gaechwi.ai.gateway import Usage
from gaechwi.jobs.limits import TooManyJobs, jobs_today
from gaechwi.jobs.models import Engine, JobError, JobQuerySet, JobStatus, job_models
from imports.services import import_text
from interviews.conversing import begin
from interviews.models import InterviewFeedback
from postings.document import PostingDocument
from postings.models import JobPosting, PostingDraft
from postings.reading import Reading
from postings.services import paste, save_reading
from postings.tests import note_down
from privacy.services import request_download
from resumes.models import Resume
from resumes.sample import sample_document
from resumes.services import create_resume
from studyguides.services import request_guide
from tests.ports import free_port
from tests.processes import wait_until

pytestmark = pytest.mark.django_db

# The lock of the user's row and the count of all kinds; whatever there is to be counted.
LIMIT_QUERIES = 2

Ask = Callable[[Client, dict[str, int]], Any]


@pytest.fixture(autouse=True)
def _model(settings: Settings) -> None:
    """Let jobs be made for a model; none is done here."""
    settings.OPENAI_BASE_URL = f"http://127.0.0.1:{free_port()}/v1"


@pytest.fixture
def ids(user: User, resume: Resume) -> dict[str, int]:
    """What can be asked about: all that is there has failed, but for one feedback that is done."""
    posting = note_down(user, requirements="- Java 경험")
    done = request_standard_feedback(create_resume(user, sample_document()))
    end(done)
    failed = request_standard_feedback(resume)
    improvement = ResumeImprovement.objects.create(
        feedback=done, resume_snapshot=done.resume_snapshot, engine="openai"
    )
    draft = paste(user, "읽지 못한 공고")
    for job in (failed, improvement, draft):
        end(job, JobStatus.FAILED)
    return {
        "resume": resume.pk,
        "posting": posting.pk,
        "done": done.pk,
        "failed": failed.pk,
        "improvement": improvement.pk,
        "draft": draft.pk,
    }


def end(job: Any, status: JobStatus = JobStatus.DONE, **fields: Any) -> None:
    """Write that a job has ended."""
    type(job).objects.filter(pk=job.pk).update(
        status=status,
        error=JobError.MODEL_BUSY if status == JobStatus.FAILED else "",
        finished_at=timezone.now(),
        **fields,
    )


def posting_to(path: str) -> Ask:
    return lambda client, ids: client.post(path.format(**ids))


BY_API = {
    "standard": posting_to("/api/resume_feedbacks/standard/{resume}"),
    "posting": posting_to("/api/resume_feedbacks/posting/{resume}/{posting}"),
    "improve": posting_to("/api/resume_feedbacks/standard_resume/{done}"),
}
BY_PAGE = {
    "standard": posting_to("/feedbacks/standard/{resume}/"),
    "posting": posting_to("/feedbacks/resumes/{resume}/postings/{posting}/"),
    "chosen": lambda client, ids: client.post(
        "/feedbacks/postings/", {"resume": ids["resume"], "posting": ids["posting"]}
    ),
    "retry": posting_to("/feedbacks/{failed}/retry/"),
    "improve": posting_to("/feedbacks/{done}/improve/"),
    "retry improvement": posting_to("/feedbacks/improvements/{improvement}/retry/"),
    "paste": lambda client, ids: client.post("/postings/paste/", {"text": "새 공고 글"}),
    "retry paste": posting_to("/postings/drafts/{draft}/retry/"),
}
WAYS = [
    *(pytest.param(ask, id=f"api {name}") for name, ask in BY_API.items()),
    *(pytest.param(ask, id=f"page {name}") for name, ask in BY_PAGE.items()),
]


def in_hand() -> int:
    return sum(JobQuerySet(model).active().count() for model in job_models())


def assert_refused(answer: Any, words: str, longest: int) -> None:
    """Assert that an answer is a 429 in its kind of words, with a time to wait in seconds."""
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= longest
    if answer["Content-Type"] == "application/problem+json":
        assert words in answer.json()["detail"]
    else:
        assert words in answer.content.decode()


def today() -> tuple[Any, Any]:
    """Return the local midnight that today began with, and the next one."""
    began = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return began, began + timedelta(days=1)


# In a day


@pytest.mark.parametrize("ask", WAYS)
def test_the_day_ends_whatever_way_one_asks(
    client: Client, ids: dict[str, int], settings: Settings, ask: Ask
) -> None:
    settings.MODEL_JOBS_PER_DAY = 1

    assert_refused(ask(client, ids), "작업 1건을 모두 쓰셨습니다", 86_400)

    assert in_hand() == 0
    settings.MODEL_JOBS_PER_DAY = 2
    assert ask(client, ids).status_code in {202, 302}
    assert in_hand() == 1


def test_every_kind_of_job_counts(
    client: Client, user: User, resume: Resume, ids: dict[str, int]
) -> None:
    for ask in (BY_API["standard"], BY_API["improve"], BY_PAGE["paste"]):
        ask(client, ids)
    interview = begin(user, resume, None, interview_type="1", question_count=3)
    InterviewFeedback.objects.create(interview=interview, engine=Engine.OPENAI)
    request_guide(user, posting=JobPosting.objects.get(pk=ids["posting"]))
    import_text(user, "경력")
    request_export(resume, "json")
    request_download(user)

    kinds = [model for model in job_models() if JobQuerySet(model).active().exists()]
    assert kinds == job_models()
    # No model has any part in an export, and none in a download.
    assert jobs_today(user.pk) == 1 + len(kinds) - 2


def test_a_failed_job_is_given_back(resume: Resume, settings: Settings) -> None:
    settings.MODEL_JOBS_PER_DAY = 1
    end(request_standard_feedback(resume), JobStatus.FAILED)

    end(request_standard_feedback(resume), JobStatus.DONE, created_at=timezone.now())

    with pytest.raises(TooManyJobs):
        paste(resume.user, "또 하나")


def test_a_deleted_resume_or_posting_gives_nothing_back(resume: Resume) -> None:
    posting = note_down(resume.user, requirements="- Java 경험")
    end(request_posting_feedback(resume, posting))
    posting.soft_delete()
    resume.soft_delete()

    assert jobs_today(resume.user_id) == 1


def test_a_text_that_is_thrown_away_counts_and_is_gone(client: Client, user: User) -> None:
    draft = paste(user, "다 읽은 공고")
    end(draft, result={"title": "다 읽은 공고"}, unrecognised=["다 읽은"])

    client.post(f"/postings/drafts/{draft.pk}/discard/")

    assert jobs_today(user.pk) == 1
    kept = PostingDraft.objects.get()
    assert (kept.text, kept.checksum, kept.result, kept.unrecognised) == ("", "", None, [])
    assert client.get(f"/postings/drafts/{draft.pk}/").status_code == 404
    assert "다 읽은 공고" not in client.get("/postings/").content.decode()
    assert paste(user, "다 읽은 공고") != draft


def test_a_text_that_is_thrown_away_while_it_is_read_stays_gone(client: Client, user: User) -> None:
    draft = paste(user, "읽는 중인 공고")
    later = timezone.now() + timedelta(minutes=1)
    PostingDraft.objects.update(status=JobStatus.RUNNING, claim=uuid4(), lease_until=later)

    client.post(f"/postings/drafts/{draft.pk}/discard/")
    document = PostingDocument(title="읽은 공고")
    save_reading(draft, Reading(document, ["남은 줄"], "model", "1", Usage(calls=1)))

    assert jobs_today(user.pk) == 1
    kept = PostingDraft.objects.get()
    assert (kept.text, kept.result, kept.unrecognised, kept.model_calls) == ("", None, [], 1)


def test_a_text_that_no_model_has_seen_is_thrown_away_whole(client: Client, user: User) -> None:
    draft = paste(user, "아직 안 읽은 공고")

    client.post(f"/postings/drafts/{draft.pk}/discard/")

    assert not PostingDraft.objects.exists()


def test_what_needs_no_model_is_free(resume: Resume, settings: Settings) -> None:
    settings.OPENAI_BASE_URL = ""
    settings.MODEL_JOBS_PER_DAY = 0

    request_standard_feedback(resume)

    assert jobs_today(resume.user_id) == 0


def test_a_job_of_the_rules_that_the_model_is_to_do_again_counts(
    client: Client, ids: dict[str, int], settings: Settings
) -> None:
    ResumeFeedback.objects.filter(pk=ids["failed"]).update(engine="offline")
    settings.MODEL_JOBS_PER_DAY = 1

    assert BY_PAGE["retry"](client, ids).status_code == 429


def test_other_users_have_a_day_of_their_own(user: User, other_user: User) -> None:
    paste(user, "공고 하나")

    assert jobs_today(other_user.pk) == 0


def test_the_day_begins_at_midnight_in_korea(user: User) -> None:
    began, _ended = today()
    for text, moment in (("오늘", began), ("어제", began - timedelta(microseconds=1))):
        PostingDraft.objects.filter(pk=paste(user, text).pk).update(created_at=moment)

    assert jobs_today(user.pk) == 1


def test_one_of_yesterday_that_is_tried_again_counts_today(
    client: Client, user: User, ids: dict[str, int]
) -> None:
    yesterday = timezone.now() - timedelta(days=1)
    for model in job_models():
        JobQuerySet(model).update(created_at=yesterday)

    BY_PAGE["retry"](client, ids)

    assert jobs_today(user.pk) == 1


def test_it_says_how_long_the_day_is_still(user: User, settings: Settings) -> None:
    settings.MODEL_JOBS_PER_DAY = 0
    _began, ends = today()

    longest = (ends - timezone.now()).total_seconds()
    with pytest.raises(TooManyJobs) as refusal, transaction.atomic():
        paste(user, "공고")
    shortest = (ends - timezone.now()).total_seconds()

    assert shortest <= refusal.value.wait < longest + 1


@pytest.mark.skipif(
    os.environ["DATABASE_URL"].startswith("sqlite"), reason="SQLite lets one write at a time"
)
@pytest.mark.django_db(transaction=True)
def test_two_at_once_do_not_both_get_the_last_one(user: User, settings: Settings) -> None:
    settings.MODEL_JOBS_PER_DAY = 1
    answers: list[object] = []

    def ask() -> None:
        try:
            answers.append(paste(user, "둘째"))
        except TooManyJobs as refusal:
            answers.append(refusal)
        finally:
            connection.close()

    second = threading.Thread(target=ask)
    with transaction.atomic():
        paste(user, "첫째")
        second.start()
        wait_until(lambda: others_wait_for_us() or not second.is_alive(), 20)
    second.join()

    assert [type(answer) for answer in answers] == [TooManyJobs]
    assert [draft.text for draft in PostingDraft.objects.all()] == ["첫째"]


def others_wait_for_us() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks"
            " WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
        )
        return bool(cursor.fetchone()[0])


@pytest.mark.parametrize("jobs", [1, 30])
def test_its_queries_are_counted(
    user: User,
    settings: Settings,
    django_assert_num_queries: DjangoAssertNumQueries,
    jobs: int,
) -> None:
    for number in range(jobs):
        paste(user, f"공고 {number}")

    # Beside them, the row itself and the transaction within that of the test.
    with django_assert_num_queries(LIMIT_QUERIES + 3):
        paste(user, "하나 더")


# In a minute


@pytest.mark.parametrize("limit", ["JOB_REQUESTS_PER_USER", "JOB_REQUESTS_PER_ADDRESS"])
@pytest.mark.parametrize("ask", WAYS)
def test_no_way_to_ask_goes_uncounted(
    client: Client, ids: dict[str, int], settings: Settings, ask: Ask, limit: str
) -> None:
    setattr(settings, limit, 1)
    assert ask(client, ids).status_code in {202, 302}
    before = in_hand()

    assert_refused(ask(client, ids), "요청이 너무 잦습니다.", 60)

    assert in_hand() == before


def test_pages_and_api_are_counted_together(
    client: Client, other_client: Client, ids: dict[str, int], settings: Settings
) -> None:
    settings.JOB_REQUESTS_PER_USER = 2
    BY_API["standard"](client, ids)
    BY_PAGE["paste"](client, ids)

    assert BY_API["standard"](client, ids).status_code == 429
    assert BY_PAGE["paste"](client, ids).status_code == 429
    assert BY_PAGE["paste"](other_client, ids).status_code == 302


def test_an_address_is_counted_whoever_sits_there(
    client: Client, other_client: Client, ids: dict[str, int], settings: Settings
) -> None:
    settings.JOB_REQUESTS_PER_ADDRESS = 1
    BY_PAGE["paste"](client, ids)

    assert BY_PAGE["paste"](other_client, ids).status_code == 429
    elsewhere = other_client.post("/postings/paste/", {"text": "글"}, REMOTE_ADDR="198.51.100.7")
    assert elsewhere.status_code == 302


def test_reading_is_not_counted(client: Client, ids: dict[str, int], settings: Settings) -> None:
    settings.JOB_REQUESTS_PER_USER = settings.JOB_REQUESTS_PER_ADDRESS = 0

    for path in ("/postings/paste/", "/postings/drafts/{draft}/", "/feedbacks/{done}/"):
        assert client.get(path.format(**ids)).status_code == 200
    assert client.get("/api/resume_feedbacks/{done}".format(**ids)).status_code == 200


@pytest.mark.parametrize("limit", ["JOB_REQUESTS_PER_USER", "MODEL_JOBS_PER_DAY"])
def test_the_text_that_was_pasted_is_kept(client: Client, settings: Settings, limit: str) -> None:
    setattr(settings, limit, 0)

    page = client.post("/postings/paste/", {"text": "애써 고른 <공고> 글"})

    assert page.status_code == 429
    assert "애써 고른 &lt;공고&gt; 글</textarea>" in page.content.decode()
    assert page["Retry-After"]


def test_without_the_cache_people_can_still_ask(
    client: Client, ids: dict[str, int], settings: Settings
) -> None:
    location = f"redis://127.0.0.1:{free_port()}/0"
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": location}}

    assert BY_API["standard"](client, ids).status_code == 202
