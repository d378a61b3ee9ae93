"""What counts as a planted invention that was found."""

from __future__ import annotations

from typing import Any

from feedback.invented.plain import compact
from quality.inventions import FILES, Rewrite, assess, load

MADE_UP = {
    "section": "experiences",
    "index": 0,
    "field": "description",
    "old": None,
    "new": "서버 873대를 맡음",
}


def rewrite(planted: dict[str, str], *edits: dict[str, Any]) -> Rewrite:
    content = {"resume": "sample", "why": "", "edits": [MADE_UP, *edits], "planted": [planted]}
    return Rewrite.model_validate(content)


def test_it_works() -> None:
    assessed = assess(rewrite({"kind": "figure", "text": "873대"}))

    assert len(assessed.found) == len(assessed.named) == 1
    assert (assessed.missed, assessed.false_alarms) == ([], [])


def test_it_is_found_but_not_named_under_another_kind() -> None:
    assessed = assess(rewrite({"kind": "award", "text": "873대"}))

    assert len(assessed.found) == 1
    assert (assessed.named, assessed.missed, assessed.false_alarms) == ([], [], [])


def test_words_of_another_field_are_a_false_alarm() -> None:
    # No field but a written one is compared, so that what is planted in the name is missed.
    elsewhere = {**MADE_UP, "section": "basics", "index": None, "field": "name", "new": "1873대"}
    assessed = assess(rewrite({"kind": "figure", "text": "1873대"}, elsewhere))

    assert len(assessed.missed) == 1
    assert [alarm.text for alarm in assessed.false_alarms] == ["873대"]


def test_words_of_an_added_entry_are_found_in_it() -> None:
    entry = {**MADE_UP, "index": None, "field": "", "new": {"company": "별세계전자"}}
    assessed = assess(rewrite({"kind": "company", "text": "별세계전자"}, entry))

    assert len(assessed.named) == 1


def test_what_is_planted_stands_in_an_edit() -> None:
    for case in [case for name in FILES for case in load(name)]:
        for planted in case.planted:
            # ★ is no letter.
            assert any(
                planted.text in str(edit.new) or compact(planted.text) in compact(str(edit.new))
                for edit in case.edits
            ), planted
