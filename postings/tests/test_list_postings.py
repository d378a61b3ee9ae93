from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import User
from postings.models import JobPosting
from postings.services import paste
from postings.tests import note_down

pytestmark = pytest.mark.django_db

# What every page of a signed-in user asks for.
QUERIES = 1


def titles(client: Client, **query: str | int) -> list[str]:
    page = client.get("/postings/", query).content.decode()
    found = re.findall(r'<h3><a href="/postings/\d+/">([^<]*)</a>', page)
    return [unescape(title) for title in found]


def test_it_works(client: Client, user: User) -> None:
    note_down(user, title="첫째", company="새봄")
    note_down(user, title="둘째")

    assert titles(client) == ["둘째", "첫째"]
    assertContains(client.get("/postings/"), "새봄")
    assertContains(client.get("/"), "둘째")


def test_it_checks_access(other_client: Client, user: User) -> None:
    posting = note_down(user)

    assertNotContains(other_client.get("/postings/"), posting.title)
    assertNotContains(other_client.get("/"), posting.title)
    assertRedirects(
        Client().get("/postings/"),
        "/accounts/login/?next=/postings/",
        fetch_redirect_response=False,
    )


def test_it_shows_a_new_user_how_to_begin(client: Client) -> None:
    page = client.get("/postings/")

    assertContains(page, "아직 공고가 없습니다")
    assertContains(page, 'href="/postings/paste/"', count=1)
    assertContains(page, 'href="/postings/new/"', count=1)
    assertNotContains(page, 'type="search"')


def test_six_stand_on_a_page(client: Client, user: User) -> None:
    for number in range(13):
        note_down(user, title=f"공고 {number}")

    pages = [titles(client, page=page) for page in (1, 2, 3)]

    assert [len(page) for page in pages] == [6, 6, 1]
    assert pages[2] == ["공고 0"]


@pytest.mark.parametrize("page", ["abc", "0", "-1", "99", "", "\0", "9" * 5000])
def test_a_page_that_is_not_there_is_the_nearest(client: Client, user: User, page: str) -> None:
    note_down(user, title="하나")

    assert titles(client, page=page) == ["하나"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("개발", ["백엔드 개발자"]),
        ("UX", ["ux 디자이너"]),
        ("  디자이너 ", ["ux 디자이너"]),
        ("100%", ["목표 100% 달성"]),
        ("%", ["목표 100% 달성"]),
        ("_", ["c_level 채용"]),
        ("\\", []),
        ("' OR 1=1 --", []),
        ("\u1100\u1162\u1107\u1161\u11af", ["백엔드 개발자"]),
        ("없는 말", []),
        ("\0", []),
        ("", ["c_level 채용", "목표 100% 달성", "ux 디자이너", "백엔드 개발자"]),
    ],
)
def test_titles_are_searched(client: Client, user: User, words: str, found: list[str]) -> None:
    for title in ("백엔드 개발자", "ux 디자이너", "목표 100% 달성", "c_level 채용"):
        note_down(user, title=title)

    assert titles(client, title=words) == found


def test_with_nothing_found_it_says_so_and_keeps_the_words(client: Client, user: User) -> None:
    note_down(user)

    page = client.get("/postings/", {"title": '"><script>'})

    assertContains(page, "찾은 공고가 없습니다")
    assertContains(page, 'value="&quot;&gt;&lt;script&gt;"')
    assertNotContains(page, "<script>")


def test_the_pager_keeps_the_query(client: Client, user: User) -> None:
    for number in range(7):
        note_down(user, title=f"A&B {number}")
    note_down(user, title="다른 것")

    page = client.get("/postings/", {"title": "A&B", "deleted": "1"})

    assertContains(page, 'href="?title=A%26B&amp;page=2"')
    assert titles(client, title="A&B", page=2) == ["A&B 0"]


@pytest.mark.parametrize(
    ("days", "words"), [(12, "D-12"), (1, "D-1"), (0, "오늘 마감"), (-1, "마감됨")]
)
def test_it_counts_down(client: Client, user: User, days: int, words: str) -> None:
    note_down(user, deadline=timezone.localdate() + timedelta(days=days))

    assertContains(client.get("/postings/"), words)


@pytest.mark.parametrize(
    ("days", "words"), [(12, "12 days left"), (1, "1 day left"), (0, "Closes today")]
)
def test_it_counts_down_in_english(client: Client, user: User, days: int, words: str) -> None:
    note_down(user, deadline=timezone.localdate() + timedelta(days=days))

    assertContains(client.get("/postings/", headers={"Accept-Language": "en"}), words)


def test_a_title_in_the_shape_of_a_script_is_only_words(client: Client, user: User) -> None:
    posting = note_down(user, title="<script>alert(1)</script>")
    posting.soft_delete()

    for path in (f"/postings/?deleted={posting.pk}", "/postings/?title=script"):
        assertNotContains(client.get(path), "<script>alert")
    assertContains(client.get(f"/postings/?deleted={posting.pk}"), "&lt;script&gt;alert")
    posting.restore()
    for path in ("/", "/postings/", f"/postings/{posting.pk}/", f"/postings/{posting.pk}/edit/"):
        assertNotContains(client.get(path), "<script>alert")
        assertContains(client.get(path), "&lt;script&gt;alert")


@pytest.mark.parametrize("count", [1, 6])
def test_its_queries_do_not_grow(
    client: Client, user: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        note_down(user)
        paste(user, f"공고 {number}")
    client.get("/postings/")

    with django_assert_num_queries(QUERIES + 3) as queries:
        client.get("/postings/")

    assert not [query for query in queries if '"duties"' in query["sql"]]


@pytest.mark.parametrize("deleted", ["", "x", "-1", "²", "\0", "9" * 30, "9" * 5000])
def test_it_bears_a_mistaken_address(client: Client, user: User, deleted: str) -> None:
    note_down(user)

    assertNotContains(client.get("/postings/", {"deleted": deleted}), "되돌리기")


def test_drafts_that_wait_are_listed(client: Client, other_client: Client, user: User) -> None:
    draft = paste(user, "새봄 간호사 모집\n주요업무\n- 간호")

    page = client.get("/postings/")
    assertContains(page, f'href="/postings/drafts/{draft.pk}/"')
    assertContains(page, "새봄 간호사 모집")
    assertNotContains(other_client.get("/postings/"), "새봄 간호사 모집")

    draft.posting = note_down(user)
    draft.save()
    assertNotContains(client.get("/postings/"), f'href="/postings/drafts/{draft.pk}/"')
    assert JobPosting.objects.count() == 1
