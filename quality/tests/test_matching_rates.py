from __future__ import annotations

import pytest

from feedback.matching import match
from quality.matching import SAME_TRADE, fitting, postings, unrelated
from quality.sample import READ_ON

each_posting = pytest.mark.parametrize("name", SAME_TRADE)


def test_every_posting_has_its_fitting_resume() -> None:
    assert list(postings()) == list(fitting()) == list(SAME_TRADE)


@each_posting
def test_a_fitting_resume_is_over_85(name: str) -> None:
    assert match(fitting()[name], postings()[name], READ_ON).rate > 85


@each_posting
def test_an_unrelated_resume_is_under_20(name: str) -> None:
    rates = unrelated(name)
    assert len(rates) >= 9
    assert {trade: rate for trade, rate in rates.items() if rate >= 20} == {}


@each_posting
def test_a_fitting_resume_of_another_posting_is_under_20(name: str) -> None:
    rates = {
        other: match(resume, postings()[name], READ_ON).rate
        for other, resume in fitting().items()
        if other != name
    }
    assert {other: rate for other, rate in rates.items() if rate >= 20} == {}
