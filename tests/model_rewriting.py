"""How the tests' model rewrites a résumé: honestly, or with inventions."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

INVENTED = "매출을 250% 늘려 대표이사 표창을 받음"
INVENTED_JOB = "별세계전자"


def rewriting(task: Json, *, invent: bool = False) -> Json:
    """Return the answer to a request for a rewriting: spaces, marks and the order of lines change.

    With `invent`, the last job gains an achievement, and the résumé a job, that nobody had.
    """
    resume = task.get("resume") or {}
    texts = [
        {
            "section": section,
            "index": index,
            "field": "description",
            "text": entry["description"].replace("줄임", "감소시킴")
            + " [구체적인 사례를 적어 주세요]",
        }
        for section in ("experiences", "projects")
        for index, entry in enumerate(resume.get(section) or [])
        if entry.get("description")
    ]
    if introduction := resume.get("introduction"):
        text = introduction.replace("저는 ", "")
        if text == introduction:
            text = f"{text} [구체적인 사례를 적어 주세요]"
        texts.append(
            {"section": "introduction", "index": None, "field": "introduction", "text": text}
        )
    new_entries = []
    if invent:
        jobs = [text for text in texts if text["section"] == "experiences"]
        if jobs:
            jobs[-1]["text"] += f"\n- {INVENTED}"
        new_entries.append(
            {"section": "experiences", "name": INVENTED_JOB, "description": "서버를 개발함"}
        )
    return {
        "texts": texts,
        "new_entries": new_entries,
        "technology_stacks": resume.get("technology_stacks") or [],
    }
