from __future__ import annotations

import pytest

from quality.guides import Guide, guides, unfitting
from quality.matching import SAME_TRADE
from studyguides.lessons import reviewed

GUIDES = guides()

each_pair = pytest.mark.parametrize("pair", GUIDES, ids=["-".join(pair) for pair in GUIDES])


def test_every_posting_meets_a_fitting_and_an_unfitting_resume() -> None:
    assert len(GUIDES) == 100
    for name in SAME_TRADE:
        fits, other = GUIDES[name, name], GUIDES[name, unfitting(name)]
        assert len(other.missing) > len(fits.missing)
        assert len(other.plan.steps) > len(fits.plan.steps)


@each_pair
def test_all_that_is_missing_is_an_item_or_named(pair: tuple[str, str]) -> None:
    assert GUIDES[pair].silent == []


@each_pair
def test_nothing_is_an_item_that_the_resume_has(pair: tuple[str, str]) -> None:
    assert GUIDES[pair].superfluous == []


@each_pair
def test_each_item_comes_after_what_it_asks_for(pair: tuple[str, str]) -> None:
    guide = GUIDES[pair]
    learnt: set[str] = set()
    for step in guide.plan.steps:
        if step.lesson:
            assert {*step.lesson.after} <= learnt | guide.known
        learnt.add(step.skill)


def test_what_is_found_is_no_gap() -> None:
    for guide in GUIDES.values():
        named = guide.by_items | guide.by_name
        unchecked = {aside.gap.text for aside in guide.plan.set_aside}
        assert {text for _source, text in named} - {text for _s, text in guide.missing} <= unchecked


def test_the_measure_sees_what_is_not_covered() -> None:
    whole = GUIDES["04_backend", "01_nurse"]
    less = Guide(
        plan=type(whole.plan)(whole.plan.steps[:1], (), (), None),
        known=frozenset(reviewed().lessons),
        missing=whole.missing,
        lacking=whole.lacking,
        found=whole.found,
    )
    assert len(less.silent) > 10
    assert less.superfluous == [whole.plan.steps[0].skill]
