"""Forms that ask for a feedback against a posting, for the pages of résumés and of postings."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context

from postings.models import JobPosting
from resumes.models import Resume

register = template.Library()

# The newest; a longer list is no choice any more.
MAX_CHOICES = 100


@register.inclusion_tag("feedback/_request_posting.html", takes_context=True)
def choose_posting(context: Context, resume: Resume) -> dict[str, Any]:
    """Show a form that asks for a feedback on a résumé against one of the user's postings."""
    postings = JobPosting.objects.for_user(context["request"].user).only("title", "company")
    return {
        "csrf_token": context["csrf_token"],
        "resume": resume,
        "postings": list(postings[:MAX_CHOICES]),
    }


@register.inclusion_tag("feedback/_request_posting.html", takes_context=True)
def choose_resume(context: Context, posting: JobPosting) -> dict[str, Any]:
    """Show a form that asks for a feedback on one of the user's résumés against a posting.

    Chosen beforehand is what `resume` of the address names, or else what the user wrote last.
    """
    request = context["request"]
    newest = Resume.objects.for_user(request.user).only("title", "resume_type")
    resumes = list(newest[:MAX_CHOICES])
    named = [resume.pk for resume in resumes if str(resume.pk) == request.GET.get("resume")]
    written = [resume.pk for resume in resumes if resume.resume_type == Resume.WRITTEN]
    return {
        "csrf_token": context["csrf_token"],
        "posting": posting,
        "resumes": resumes,
        "chosen": next(iter([*named, *written]), None),
    }
