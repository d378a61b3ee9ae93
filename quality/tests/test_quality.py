from __future__ import annotations

from pathlib import Path

import pytest

from feedback.checks import run_checks
from feedback.checks.finding import Finding
from feedback.offline import LABELS
from feedback.schemas import Division
from quality.checks import FIRST_SIGHT, HELD_OUT_FIRST, count, measured
from quality.corpus import (
    HELD_OUT,
    RESUMES,
    Case,
    PlantedFlaw,
    PlantedStrength,
    load,
    passages_with,
)
from quality.hits import Hits, assess, overlap, praise, shown
from quality.measure import HEAD, PAGE, page

# What docs/quality.md says now. Better numbers belong here too, so that they are kept.
MIN_FOUND = 107
MIN_STRENGTHS_NAMED = 28
MAX_PRAISED_FLAWS = 1
MAX_FALSE_ALARMS_PER_RESUME = 0
MIN_FOUND_HELD_OUT = 33
MAX_FALSE_ALARMS_PER_HELD_OUT = 2

CASES = [*load(RESUMES), *load(HELD_OUT)]
TRADES = [case.trade for case in CASES]

each_case = pytest.mark.parametrize("case", CASES, ids=TRADES)


def test_it_works() -> None:
    assert len(load(RESUMES)) == 10
    assert len(load(HELD_OUT)) == 5
    assert len(set(TRADES)) == 15
    assert page().startswith(HEAD)


# The corpus


@each_case
def test_planted_words_stand_in_their_section(case: Case) -> None:
    every: list[PlantedFlaw | PlantedStrength] = [*case.flaws, *case.strengths]
    for planted in every:
        if planted.words:
            assert any(passages_with(planted.words, planted.section, case.resume)), planted
        assert planted.why


@each_case
def test_planted_flaws_name_a_check_and_are_planted_once(case: Case) -> None:
    assert {flaw.check for flaw in case.flaws} <= LABELS.keys()
    places = [(flaw.check, flaw.section, flaw.words) for flaw in case.flaws]
    assert len(places) == len(set(places))


@each_case
def test_no_person_is_real(case: Case) -> None:
    assert "example." in case.resume.email or not case.resume.email
    assert case.resume.phone.startswith("010-0000-") or not case.resume.phone


# How hits are counted


def a_case(*flaws: tuple[str, str]) -> Case:
    return Case.model_validate(
        {
            "trade": "배관공",
            "reviewed_on": "2026-11-01",
            "resume": {
                "introduction": "열심히 일했습니다. 최선을 다했습니다.",
                "experiences": [
                    {"company": "가온설비", "description": "배관 점검\n누수 보수"},
                    {"company": "나래설비", "description": "자재 정리\n도면 확인"},
                ],
            },
            "flaws": [
                {"check": check, "section": section_of(check), "words": words, "why": "이유"}
                for check, words in flaws
            ],
            "strengths": [],
        }
    )


def section_of(check: str) -> str:
    return "experiences" if check in {"duties_only", "date_gap"} else "introduction"


def a_finding(check: str, quote: str) -> Finding:
    flaw = PlantedFlaw.model_validate(
        {"check": check, "section": section_of(check), "words": quote, "why": ""}
    )
    return Finding(check, Division.IMPROVEMENT, flaw.section, quote, "말", 50)


def counted(hits: Hits) -> tuple[int, int, int]:
    return len(hits.found), len(hits.duplicates), len(hits.false_alarms)


def test_words_agree_when_one_text_holds_the_other() -> None:
    assert overlap("열심히  일했습니다.", "정말 열심히\n일했습니다. 또")
    assert overlap("", "아무 말")
    assert not overlap("열심히 일했습니다", "최선을 다했습니다")


def test_another_sentence_of_the_paragraph_is_a_false_alarm() -> None:
    case = a_case(("vague_phrase", "열심히 일했습니다"))
    hits = assess(case, [a_finding("vague_phrase", "최선을 다했습니다.")])
    assert counted(hits) == (0, 0, 1)
    assert [flaw.words for flaw in hits.missed] == ["열심히 일했습니다"]


def test_a_second_remark_on_the_same_words_is_a_duplicate() -> None:
    case = a_case(("vague_phrase", "열심히 일했습니다"))
    finding = a_finding("vague_phrase", "열심히 일했습니다.")
    assert counted(assess(case, [finding, a_finding("vague_phrase", "열심히")])) == (1, 1, 0)


def test_one_remark_is_no_hit_of_two_flaws_at_different_words() -> None:
    case = a_case(("vague_phrase", "열심히 일했습니다"), ("vague_phrase", "최선을 다했습니다"))
    assert counted(assess(case, [a_finding("vague_phrase", "열심히 일했습니다.")])) == (1, 0, 0)


def test_a_whole_entry_may_be_quoted_by_other_words_of_it() -> None:
    case = a_case(("duties_only", "배관 점검"))
    assert counted(assess(case, [a_finding("duties_only", "누수 보수")])) == (1, 0, 0)
    assert counted(assess(case, [a_finding("duties_only", "도면 확인")])) == (0, 0, 1)


def test_a_gap_may_be_quoted_on_either_side_and_counts_once() -> None:
    case = a_case(("date_gap", "2022.03 ~ 현재"))
    near = a_finding("date_gap", "2019.01 ~ 2021.02")
    assert counted(assess(case, [near])) == (1, 0, 0)
    assert counted(assess(case, [near, a_finding("date_gap", "2015.01 ~ 2016.02")])) == (1, 0, 1)


def test_another_name_for_the_same_words_counts_leniently_only() -> None:
    case = a_case(("vague_phrase", "열심히 일했습니다"))
    hits = assess(case, [a_finding("cliche", "열심히 일했습니다.")])
    assert counted(hits) == (0, 0, 1)
    total = count([hits])
    assert (total.found_leniently, total.alarms_leniently) == (1, 0)


def test_a_praised_flaw_is_noticed() -> None:
    case = a_case(("vague_phrase", "열심히 일했습니다"))
    introduction = case.flaws[0].section
    praised = Finding("figure", Division.STRENGTH, introduction, "열심히 일했습니다.", "말", 50)
    assert len(praise(case, [praised]).praised_flaws) == 1


@each_case
def test_what_is_shown_is_among_the_findings(case: Case) -> None:
    findings = run_checks(case.resume, case.reviewed_on)
    assert set(shown(case.resume, findings, case)) <= set(findings)


# The numbers


def test_the_ten_resumes_are_read_no_worse_than_before() -> None:
    result = measured(RESUMES)
    for hits in (result.hits, result.hits_shown):
        assert count(hits).found >= MIN_FOUND > FIRST_SIGHT.found
        for of_resume in hits:
            assert len(of_resume.false_alarms) <= MAX_FALSE_ALARMS_PER_RESUME, of_resume.case.trade
    assert sum(len(praised.named) for praised in result.praise) >= MIN_STRENGTHS_NAMED
    assert sum(len(praised.praised_flaws) for praised in result.praise) <= MAX_PRAISED_FLAWS


def test_the_held_out_resumes_are_read_no_worse_than_before() -> None:
    hits = measured(HELD_OUT).hits
    assert count(hits).found >= MIN_FOUND_HELD_OUT == HELD_OUT_FIRST.found
    for of_resume in hits:
        assert len(of_resume.false_alarms) <= MAX_FALSE_ALARMS_PER_HELD_OUT, of_resume.case.trade


def test_the_page_is_up_to_date(tmp_path: Path) -> None:
    new = tmp_path / "quality.md"
    new.write_text(page(), encoding="utf-8")
    written = PAGE.read_text(encoding="utf-8")
    assert new.read_text(encoding="utf-8") == written, "`make quality` writes it anew"
