"""JSON Résumé (jsonresume.org, schema 1.0.0), which names its fields itself.

What Korean résumés have and the schema has not stands in objects of our own, named `gaechwi`,
which the schema allows: exports write them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from math import isfinite
from typing import Any

from django.conf import settings
from django.utils import translation

from gaechwi.codes.models import Code
from imports.naming import activity_type_of, graduation_status_of, level_of
from imports.periods import day_in
from resumes.document import ResumeDocument

SCHEMA_VERSION = "jsonresume-1.0"

Json = dict[str, Any]

OWN = "gaechwi"
# Before what is a list in JSON, and lines of a text in a résumé.
MARK = "- "
# Nobody reads them, and they are about the file.
_NOT_WORDS = frozenset(("$schema", "meta", "image", "network", "countryCode", "order"))


def read_json_resume(value: Json) -> ResumeDocument:
    """Return the résumé that a JSON object holds. What has another shape than its schema's is
    passed over.
    """
    basics = _object(value.get("basics"))
    location = _object(basics.get("location"))
    own = _object(basics.get(OWN))
    return ResumeDocument(
        title=_text(basics, "label"),
        name=_text(basics, "name"),
        email=_text(basics, "email"),
        phone=_text(basics, "phone"),
        address=_text(location, "address") or _text(location, "city") or _text(location, "region"),
        birth_date=_day(own, "birth_date"),
        gender=_code(basics, "gender"),
        military_service=_text(own, "military_service"),
        introduction=_text(basics, "summary"),
        experiences=[
            {
                "company": _text(job, "name"),
                "position": _text(job, "position"),
                "department": _text(_object(job.get(OWN)), "department"),
                "employment_type": _code(job, "employment_type"),
                **_period(job),
                "description": _description(job),
            }
            for job in _objects(value, "work")
            if _dates_are_whole(job)
        ],
        educations=[
            {
                "school": _text(school, "institution"),
                "major": _text(school, "area"),
                "grade": _text(school, "score"),
                "education_level": _code(
                    school,
                    "education_level",
                    level_of(f"{_text(school, 'studyType')}\n{_text(school, 'institution')}"),
                ),
                "graduation_status": _code(
                    school, "graduation_status", graduation_status_of(_text(school, "studyType"))
                ),
                **_period(school),
            }
            for school in _objects(value, "education")
        ],
        projects=[
            {
                "title": _text(project, "name"),
                "role": next(iter(_texts(project, "roles")), ""),
                "link": _text(_object(project.get(OWN)), "link") or _text(project, "url"),
                "technology_stacks": _texts(project, "keywords"),
                **_period(project),
                "description": _description(project),
            }
            for project in _objects(value, "projects")
        ],
        activities=_activities(value),
        qualifications=[
            *(
                {
                    "title": _text(certificate, "name"),
                    "agency": _text(certificate, "issuer"),
                    "score": _text(_object(certificate.get(OWN)), "score"),
                    "acquired_date": _day(certificate, "date"),
                }
                for certificate in _objects(value, "certificates")
            ),
            *(
                {"title": _text(language, "language"), "score": _text(language, "fluency")}
                for language in _objects(value, "languages")
            ),
        ],
        technology_stacks=[
            title
            for skill in _objects(value, "skills")
            for title in (_texts(skill, "keywords") or [_text(skill, "name")])
        ],
    )


def lines_of(value: Json) -> str:
    """Return what a JSON object says, without the names of its fields, value by value."""
    return "\n".join(_values(value))


def _values(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        # As it was written it stands in our own object.
        again = "url" if "link" in _object(value.get(OWN)) else None
        for name, item in value.items():
            if name not in _NOT_WORDS and name != again:
                yield from _values(item)
        yield ""
    elif isinstance(value, list):
        for item in value:
            yield from _values(item)
    elif isinstance(value, str):
        yield value
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield str(value)


def _activities(value: Json) -> list[Json]:
    """Return the awards and what else somebody did, in their own order where they have one."""
    found = [
        *((award, _award(award)) for award in _objects(value, "awards")),
        *((activity, _volunteering(activity)) for activity in _objects(value, "volunteer")),
    ]

    def place(pair: tuple[Json, Json]) -> int:
        order = _object(pair[0].get(OWN)).get("order")
        return order if isinstance(order, int) else 0

    return [activity for _source, activity in sorted(found, key=place)]


def _award(award: Json) -> Json:
    day = _day(award, "date")
    return {
        "title": _text(award, "title"),
        "activity_type": _code(award, "activity_type", "3"),
        "organization": _text(award, "awarder"),
        "start_date": day,
        "end_date": day,
        "description": _text(award, "summary"),
    }


def _volunteering(activity: Json) -> Json:
    title, organization = _text(activity, "position"), _text(activity, "organization")
    return {
        "title": title or organization,
        "activity_type": _code(activity, "activity_type", activity_type_of(title, "봉사")),
        "organization": organization if title else "",
        **_period(activity),
        "description": _description(activity),
    }


def _code(value: Json, division: str, otherwise: str = "") -> str:
    """Return the code that our own word stands for; where there is no object of ours, `otherwise`.

    The word may be in any language of the site: that of who has exported it.
    """
    if OWN not in value:
        return otherwise
    words = _text(_object(value[OWN]), division)
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for code, named in Code.objects.choices(division):
                if named == words:
                    return code
    return ""


def _description(value: Json) -> str:
    said = [_text(value, "summary") or _text(value, "description")]
    highlights = (f"{MARK}{highlight}" for highlight in _texts(value, "highlights") if highlight)
    return "\n".join(filter(None, [*said, *highlights]))


def _period(value: Json) -> Json:
    return {"start_date": _day(value, "startDate"), "end_date": _day(value, "endDate")}


def _dates_are_whole(value: Json) -> bool:
    """Whether an end that is named is a month: "2020" alone would read as one that goes on."""
    return not _text(value, "endDate") or _day(value, "endDate") is not None


def _day(value: Json, name: str) -> date | None:
    words = _text(value, name)
    try:
        return date.fromisoformat(words)
    except ValueError:
        return day_in(words)


def _object(value: object) -> Json:
    return value if isinstance(value, dict) else {}


def _objects(value: Json, name: str) -> list[Json]:
    items = value.get(name)
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _text(value: Json, name: str) -> str:
    text = value.get(name)
    if isinstance(text, int | float) and not isinstance(text, bool) and isfinite(text):
        return str(text)
    return text.strip() if isinstance(text, str) else ""


def _texts(value: Json, name: str) -> list[str]:
    items = value.get(name)
    return [item for item in items if isinstance(item, str)] if isinstance(items, list) else []
