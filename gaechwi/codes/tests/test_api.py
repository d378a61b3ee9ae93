from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db

GENDERS = [("1", "남성"), ("2", "여성")]


def test_it_works() -> None:
    codes = Client().get("/api/codes/?division=gender").json()

    assert [list(code) for code in codes] == [
        ["code_id", "division", "detail_id", "code_detail", "order"]
    ] * len(GENDERS)
    assert [(code["detail_id"], code["code_detail"]) for code in codes] == GENDERS
    assert {code["division"] for code in codes} == {"gender"}


@pytest.mark.parametrize("query", ["", "?division="])
def test_without_a_division_all_are_given(query: str) -> None:
    codes = Client().get(f"/api/codes/{query}").json()

    assert {"gender", "user_type", "feedback_division"} < {code["division"] for code in codes}


def test_an_unknown_division_has_none() -> None:
    assert Client().get("/api/codes/?division=nothing").json() == []


def test_an_unknown_parameter_is_refused() -> None:
    answer = Client().get("/api/codes/?devision=gender")

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "devision")


def test_they_are_in_the_language_of_the_answer() -> None:
    codes = Client().get("/api/codes/?division=gender", headers={"accept-language": "en"}).json()

    assert [code["code_detail"] for code in codes] == ["Male", "Female"]


def test_with_a_cold_cache_one_query_with_a_warm_one_none(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(1):
        cold = Client().get("/api/codes/").json()
    with django_assert_num_queries(0):
        warm = Client().get("/api/codes/").json()

    assert cold == warm
