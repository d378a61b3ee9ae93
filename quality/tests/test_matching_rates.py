from __future__ import annotations

import pytest

from quality.matching import SAME_TRADE, fitting, postings, rate, unrelated

each_posting = pytest.mark.parametrize("name", SAME_TRADE)


def test_every_posting_has_its_fitting_resume() -> None:
    assert list(postings()) == list(fitting()) == list(SAME_TRADE)


@each_posting
def test_a_fitting_resume_is_over_85(name: str) -> None:
    assert rate(fitting()[name], postings()[name]) > 85


@each_posting
def test_an_unrelated_resume_is_under_20(name: str) -> None:
    rates = unrelated(name)
    assert len(rates) >= 9
    assert {trade: found for trade, found in rates.items() if found >= 20} == {}


@each_posting
def test_a_fitting_resume_of_another_posting_is_under_20(name: str) -> None:
    rates = {
        other: rate(resume, postings()[name])
        for other, resume in fitting().items()
        if other != name
    }
    assert {other: found for other, found in rates.items() if found >= 20} == {}
