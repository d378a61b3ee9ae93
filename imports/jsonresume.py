"""JSON Résumé (jsonresume.org, schema 1.0.0), which names its fields itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from imports.naming import activity_type_of, graduation_status_of, level_of
from imports.periods import day_in
from resumes.document import ResumeDocument

SCHEMA_VERSION = "jsonresume-1.0"

Json = dict[str, Any]

# Nobody reads them, and they are about the file.
_NOT_WORDS = frozenset(("$schema", "meta", "image", "network", "countryCode"))


def read_json_resume(value: Json) -> ResumeDocument:
    """Return the résumé that a JSON object holds. What has another shape than its schema's is
    passed over.
    """
    basics = _object(value.get("basics"))
    location = _object(basics.get("location"))
    return ResumeDocument(
        title=_text(basics, "label"),
        name=_text(basics, "name"),
        email=_text(basics, "email"),
        phone=_text(basics, "phone"),
        address=_text(location, "address") or _text(location, "city") or _text(location, "region"),
        introduction=_text(basics, "summary"),
        experiences=[
            {
                "company": _text(job, "name"),
                "position": _text(job, "position"),
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
                "education_level": level_of(
                    f"{_text(school, 'studyType')}\n{_text(school, 'institution')}"
                ),
                "graduation_status": graduation_status_of(_text(school, "studyType")),
                **_period(school),
            }
            for school in _objects(value, "education")
        ],
        projects=[
            {
                "title": _text(project, "name"),
                "role": next(iter(_texts(project, "roles")), ""),
                "link": _text(project, "url"),
                "technology_stacks": _texts(project, "keywords"),
                **_period(project),
                "description": _description(project),
            }
            for project in _objects(value, "projects")
        ],
        activities=[*_awards(value), *_volunteering(value)],
        qualifications=[
            *(
                {
                    "title": _text(certificate, "name"),
                    "agency": _text(certificate, "issuer"),
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
        for name, item in value.items():
            if name not in _NOT_WORDS:
                yield from _values(item)
        yield ""
    elif isinstance(value, list):
        for item in value:
            yield from _values(item)
    elif isinstance(value, str):
        yield value
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield str(value)


def _awards(value: Json) -> Iterator[Json]:
    for award in _objects(value, "awards"):
        day = _day(award, "date")
        yield {
            "title": _text(award, "title"),
            "activity_type": "3",
            "organization": _text(award, "awarder"),
            "start_date": day,
            "end_date": day,
            "description": _text(award, "summary"),
        }


def _volunteering(value: Json) -> Iterator[Json]:
    for activity in _objects(value, "volunteer"):
        title, organization = _text(activity, "position"), _text(activity, "organization")
        yield {
            "title": title or organization,
            "activity_type": activity_type_of(title, "봉사"),
            "organization": organization if title else "",
            **_period(activity),
            "description": _description(activity),
        }


def _description(value: Json) -> str:
    said = [_text(value, "summary") or _text(value, "description"), *_texts(value, "highlights")]
    return "\n".join(filter(None, said))


def _period(value: Json) -> Json:
    return {"start_date": _day(value, "startDate"), "end_date": _day(value, "endDate")}


def _dates_are_whole(value: Json) -> bool:
    """Whether an end that is named is a month: "2020" alone would read as one that goes on."""
    return not _text(value, "endDate") or _day(value, "endDate") is not None


def _day(value: Json, name: str) -> date | None:
    return day_in(_text(value, name))


def _object(value: object) -> Json:
    return value if isinstance(value, dict) else {}


def _objects(value: Json, name: str) -> list[Json]:
    items = value.get(name)
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _text(value: Json, name: str) -> str:
    text = value.get(name)
    if isinstance(text, int | float) and not isinstance(text, bool):
        return str(text)
    return text.strip() if isinstance(text, str) else ""


def _texts(value: Json, name: str) -> list[str]:
    items = value.get(name)
    return [item for item in items if isinstance(item, str)] if isinstance(items, list) else []
