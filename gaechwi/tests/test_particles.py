from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import translation

from gaechwi.particles import particle, with_particle

BASE_DIR = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("word", "forms", "expected"),
    [
        ("책", "이/가", "이"),
        ("나무", "이/가", "가"),
        ("간호사 면허", "을/를", "를"),
        ("‘도면 해독’", "은/는", "은"),
        ("Java", "을/를", "를"),
        ("SQL", "을/를", "을"),
        ("React", "은/는", "는"),
        ("Python", "을/를", "을"),
        ("Kubernetes", "을/를", "를"),
        ("MongoDB", "이/가", "가"),
        ("HTML", "이/가", "이"),
        ("iOS", "을/를", "를"),
        ("EC2", "을/를", "를"),
        ("8000", "을/를", "을"),
        ("8002", "을/를", "를"),
        ("gpt-4o-mini", "이/가", "가"),
        ("test-model", "이/가", "이"),
        ("claude-3.5", "이/가", "가"),
        ("llama3.1", "이/가", "이"),
        ("Latest", "이/가", "가"),
        ("Slack", "을/를", "을"),
        ("검토(예)", "은/는", "는"),
        ("…", "은/는", "는"),
        ("", "이/가", "가"),
    ],
)
def test_a_particle_fits_its_word(word: str, forms: str, expected: str) -> None:
    assert particle(word, forms) == expected


@pytest.mark.parametrize(("language", "expected"), [("ko", "Java를"), ("en", "Java")])
def test_particles_stand_in_korean_texts_alone(language: str, expected: str) -> None:
    with translation.override(language):
        assert with_particle("Java", "을/를") == expected


def test_no_text_leaves_the_choice_to_its_reader() -> None:
    folders = ("accounts", "feedback", "gaechwi", "postings", "resumes", "templates")
    files = [
        path
        for folder in folders
        for path in (BASE_DIR / folder).rglob("*")
        if path.suffix in (".py", ".html", ".txt", ".js") and "tests" not in path.parts
    ]
    assert len(files) > 100
    both = ("이(가)", "을(를)", "은(는)", "와(과)", "(으)로")
    assert [
        str(path) for path in files if any(b in path.read_text(encoding="utf-8") for b in both)
    ] == []
