"""A résumé in JSON Résumé (jsonresume.org, schema 1.0.0), as `imports.jsonresume` reads it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.encoding import iri_to_uri

from gaechwi.codes.models import Code
from imports.jsonresume import MARK, OWN, Json
from resumes.document import ActivityEntry, ResumeDocument

SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"
AWARD = "3"


def to_json_resume(document: ResumeDocument) -> Json:
    """Return a résumé as an object of the schema.

    What the schema has no field for stands in objects of our own, which it allows.
    """
    activities = list(enumerate(document.activities))
    return {
        "$schema": SCHEMA,
        "basics": _basics(document),
        "work": [
            _filled(
                name=job.company,
                position=job.position,
                **_period(job.start_date, job.end_date),
                **_told(job.description, "summary"),
                **_own(
                    department=job.department,
                    employment_type=_words("employment_type", job.employment_type),
                ),
            )
            for job in document.experiences
        ],
        "projects": [
            _filled(
                name=project.title,
                roles=[project.role] if project.role else [],
                **_period(project.start_date, project.end_date),
                **_told(project.description, "description"),
                url=iri_to_uri(project.link),
                keywords=project.technology_stacks,
                **_own(link=project.link if iri_to_uri(project.link) != project.link else ""),
            )
            for project in document.projects
        ],
        "education": [
            _filled(
                institution=school.school,
                area=school.major,
                studyType=_words("education_level", school.education_level),
                score=school.grade,
                **_period(school.start_date, school.end_date),
                # Also where it is empty: nothing is guessed of the school's name then.
                **{
                    OWN: _filled(
                        education_level=_words("education_level", school.education_level),
                        graduation_status=_words("graduation_status", school.graduation_status),
                    )
                },
            )
            for school in document.educations
        ],
        "certificates": [
            _filled(
                name=qualification.title,
                issuer=qualification.agency,
                date=_day(qualification.acquired_date),
                **_own(score=qualification.score),
            )
            for qualification in document.qualifications
        ],
        "awards": [_award(place, each) for place, each in activities if _is_award(each)],
        "volunteer": [_other(place, each) for place, each in activities if not _is_award(each)],
        "skills": [{"name": title} for title in document.technology_stacks],
    }


def _basics(document: ResumeDocument) -> Json:
    return _filled(
        name=document.name,
        label=document.title,
        email=document.email,
        phone=document.phone,
        location=_filled(address=document.address),
        summary=document.introduction,
        **_own(
            birth_date=_day(document.birth_date),
            gender=_words("gender", document.gender),
            military_service=document.military_service,
        ),
    )


def _is_award(activity: ActivityEntry) -> bool:
    """Whether the schema's award, which has one day, says all of an activity."""
    return activity.activity_type == AWARD and activity.start_date == activity.end_date


def _award(place: int, activity: ActivityEntry) -> Json:
    return _filled(
        title=activity.title,
        awarder=activity.organization,
        date=_day(activity.start_date),
        summary=activity.description,
        **{OWN: _of_activity(place, activity)},
    )


def _other(place: int, activity: ActivityEntry) -> Json:
    return _filled(
        position=activity.title,
        organization=activity.organization,
        **_period(activity.start_date, activity.end_date),
        **_told(activity.description, "summary"),
        **{OWN: _of_activity(place, activity)},
    )


def _of_activity(place: int, activity: ActivityEntry) -> Json:
    kind = _words("activity_type", activity.activity_type)
    return {"order": place, **_filled(activity_type=kind)}


def _told(description: str, field: str) -> Json:
    """Return what somebody did: what stands as a list at its end as highlights."""
    lines = description.split("\n")
    told = len(lines)
    while told and lines[told - 1].startswith(MARK) and lines[told - 1].strip() != MARK.strip():
        told -= 1
    if told and not lines[told - 1]:
        # The blank line between the two belongs to neither.
        told = len(lines)
    return {
        field: "\n".join(lines[:told]),
        "highlights": [line.removeprefix(MARK) for line in lines[told:]],
    }


def _period(start: date | None, end: date | None) -> Json:
    return {"startDate": _day(start), "endDate": _day(end)}


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _words(division: str, code: str) -> str:
    return Code.objects.detail(division, code)


def _own(**fields: Any) -> Json:
    filled = _filled(**fields)
    return {OWN: filled} if filled else {}


def _filled(**fields: Any) -> Json:
    return {
        name: value
        for name, value in fields.items()
        if name == OWN or value not in ("", [], {}, None)
    }
