from __future__ import annotations

from celery import shared_task

from gaechwi.jobs import services as jobs
from interviews import assessing, conversing
from interviews.models import InterviewFeedback, InterviewTurn


@shared_task
def speak(turn_id: int) -> None:
    """Say the interviewer's next words."""
    turns = InterviewTurn.objects.for_worker()
    jobs.run(turns, turn_id, conversing.speak, conversing.save_words)


@shared_task
def judge_interview(feedback_id: int) -> None:
    """Judge a finished interview."""
    judgements = InterviewFeedback.objects.for_worker()
    jobs.run(judgements, feedback_id, assessing.make_judgement, assessing.save_judgement)
