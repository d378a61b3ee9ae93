from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import User
from gaechwi.jobs.models import JobStatus
from postings.models import PASTED_MAX_LENGTH, JobPosting, PostingDraft
from postings.services import paste, read_draft, save_reading, to_document
from postings.tests import pasted_texts
from resumes.tests import HTMX

pytestmark = pytest.mark.django_db

# What every page of a signed-in user asks for.
QUERIES = 1
TEXT = pasted_texts()["02_accountant"]


def read(user: User, text: str = TEXT) -> PostingDraft:
    """Return a draft whose job is done."""
    draft = paste(user, text)
    done(draft)
    return draft


def done(draft: PostingDraft) -> None:
    now = timezone.now()
    save_reading(draft, read_draft(draft))
    PostingDraft.objects.update(status=JobStatus.DONE, started_at=now, finished_at=now)
    draft.refresh_from_db()


def form_of(draft: PostingDraft, **changes: str) -> dict[str, str]:
    """Return what the form of a draft sends back."""
    fields = draft.document.model_dump(mode="json")
    fields["technology_stacks"] = ", ".join(fields["technology_stacks"])
    return {**{field: value or "" for field, value in fields.items()}, **changes}


def test_it_works(client: Client, user: User) -> None:
    response = client.post("/postings/paste/", {"text": TEXT})

    draft = PostingDraft.objects.for_user(user).get()
    here = f"/postings/drafts/{draft.pk}/"
    assertRedirects(response, here)
    assertContains(client.get(here), "공고를 읽고 있습니다")

    done(draft)
    assertContains(client.get("/postings/"), "다 읽음")
    page = client.get(here)
    assertContains(page, 'value="재무회계팀 회계 담당자(대리~과장) 모집"')
    assertContains(page, "AI 모델 없이 정해진 규칙으로 읽었습니다.")
    assertContains(page, "<li>시간  주 5일(월~금) 09:00~18:00</li>")
    assertContains(page, "더존, SAP ERP, Excel</textarea>")
    assertContains(page, "본 정보는 ㈜도담식품에서")
    assert not JobPosting.objects.exists()

    response = client.post(here, form_of(draft, title="고친 제목"), follow=True)

    posting = JobPosting.objects.for_user(user).get()
    assertRedirects(response, f"/postings/{posting.pk}/")
    assertContains(response, "공고를 저장했습니다.")
    corrected = draft.document.model_copy(update={"title": "고친 제목"})
    assert to_document(posting) == corrected


def test_it_checks_access(client: Client, other_client: Client, user: User) -> None:
    draft = read(user)
    here = f"/postings/drafts/{draft.pk}/"

    assert other_client.get(here).status_code == 404
    assert other_client.post(here, form_of(draft)).status_code == 404
    assert other_client.post(f"{here}retry/").status_code == 404
    assert other_client.post(f"{here}discard/").status_code == 404
    assert Client().get(here).status_code == 302
    assert not JobPosting.objects.exists()
    assert client.get(here).status_code == 200


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "필수 항목입니다."),
        (" \n\t", "필수 항목입니다."),
        ("가" * (PASTED_MAX_LENGTH + 1), "20,000자까지 적을 수 있는데 20,001자를 적으셨습니다."),
        ("가\0나", "null 문자"),
    ],
)
def test_bad_input_is_answered(client: Client, text: str, complaint: str) -> None:
    assertContains(client.post("/postings/paste/", {"text": text}), complaint)
    assert not PostingDraft.objects.exists()


def test_the_greatest_length_is_taken(client: Client, user: User) -> None:
    # Browsers send two characters for each end of a line.
    client.post("/postings/paste/", {"text": "가\r\n" * (PASTED_MAX_LENGTH // 2 - 1) + "나다"})

    assert len(PostingDraft.objects.get().text) == PASTED_MAX_LENGTH


def test_saving_twice_makes_one_posting(client: Client, user: User) -> None:
    draft = read(user)
    here = f"/postings/drafts/{draft.pk}/"

    first = client.post(here, form_of(draft))
    second = client.post(here, form_of(draft, title="또"))

    posting = JobPosting.objects.get()
    assert first["Location"] == second["Location"] == f"/postings/{posting.pk}/"
    assert posting.title != "또"
    assertRedirects(client.get(here), f"/postings/{posting.pk}/")


def test_the_same_text_leads_to_the_same_draft(user: User, other_user: User) -> None:
    draft = paste(user, TEXT)

    assert paste(user, TEXT) == draft
    assert paste(other_user, TEXT) != draft
    assert paste(user, TEXT + "!") != draft


def test_a_text_that_is_saved_while_it_is_pasted_again_gets_a_draft_of_its_own(user: User) -> None:
    first = paste(user, TEXT)
    posting = JobPosting.objects.create(user=user, title="저장한 공고")

    def save_before_it_is_looked_for(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith("SELECT") and 'FROM "postings_postingdraft"' in sql:
            with connection.cursor() as cursor:
                cursor.execute("UPDATE postings_postingdraft SET posting_id = %s", [posting.pk])
        return execute(sql, *rest)

    with connection.execute_wrapper(save_before_it_is_looked_for):
        second = paste(user, TEXT)

    assert second != first
    assert list(PostingDraft.objects.unsaved()) == [second]


def test_a_saved_text_can_be_pasted_anew(client: Client, user: User) -> None:
    draft = read(user)
    client.post(f"/postings/drafts/{draft.pk}/", form_of(draft))

    again = read(user)

    assert again != draft
    assert client.get(f"/postings/drafts/{again.pk}/").status_code == 200


def test_a_mistake_in_the_form_loses_nothing(client: Client, user: User) -> None:
    draft = read(user)

    page = client.post(
        f"/postings/drafts/{draft.pk}/", form_of(draft, title="", company="고친 회사")
    )

    assertContains(page, "필수 항목입니다.")
    assertContains(page, 'value="고친 회사"')
    assert not JobPosting.objects.exists()


def test_nothing_is_saved_of_a_draft_that_is_not_read(client: Client, user: User) -> None:
    draft = paste(user, TEXT)

    page = client.post(f"/postings/drafts/{draft.pk}/", {"title": "이른 제목"})

    assertContains(page, "공고를 읽고 있습니다")
    assert not JobPosting.objects.exists()


def test_the_page_hears_of_news_only(client: Client, user: User) -> None:
    draft = paste(user, TEXT)
    here = f"/postings/drafts/{draft.pk}/"

    assert client.get(f"{here}?seen=queued", headers=HTMX).status_code == 204
    done(draft)
    part = client.get(f"{here}?seen=queued", headers=HTMX)
    assertContains(part, "공고로 저장")
    assertNotContains(part, "<html")


def test_a_draft_can_be_thrown_away(client: Client, user: User) -> None:
    draft = read(user)

    response = client.post(f"/postings/drafts/{draft.pk}/discard/", follow=True)

    assertContains(response, "붙여 넣은 글을 버렸습니다.")
    assert not PostingDraft.objects.exists()


def test_what_became_a_posting_is_not_thrown_away(client: Client, user: User) -> None:
    draft = read(user)
    client.post(f"/postings/drafts/{draft.pk}/", form_of(draft))

    assert client.post(f"/postings/drafts/{draft.pk}/discard/").status_code == 404
    assert JobPosting.objects.count() == 1


def test_words_in_the_shape_of_a_script_are_only_words(client: Client, user: User) -> None:
    draft = read(
        user, "<script>alert(1)</script>\n주요업무\n- </textarea><script>alert(2)</script>"
    )

    for path in ("/postings/", f"/postings/drafts/{draft.pk}/"):
        assertNotContains(client.get(path), "<script>alert")
        assertContains(client.get(path), "&lt;script&gt;alert(1)")


def test_its_queries_are_counted(
    client: Client, user: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    draft = read(user)
    client.get(f"/postings/drafts/{draft.pk}/")

    with django_assert_num_queries(QUERIES + 1):
        client.get(f"/postings/drafts/{draft.pk}/")


def test_trying_again_leaves_a_finished_one_alone(client: Client, user: User) -> None:
    draft = read(user)

    client.post(f"/postings/drafts/{draft.pk}/retry/")

    draft.refresh_from_db()
    assert draft.status == JobStatus.DONE
