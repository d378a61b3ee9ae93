"""Study guides in the browser: asked for, worked through, taken into a calendar."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from resumes.models import Resume
from studyguides.models import StudyGuide, StudyItem
from studyguides.schedule import schedule
from studyguides.services import request_guide
from studyguides.tests.guides import compared, finished, posting_of, written

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def guide(user: User) -> StudyGuide:
    """A guide of a posting that nobody was compared with."""
    deadline = timezone.localdate() + timedelta(days=60)
    return written(user, posting=posting_of(user, deadline=deadline))


def items_of(guide: StudyGuide) -> list[StudyItem]:
    return list(StudyItem.objects.filter(guide=guide))


def address(name: str, number: int) -> str:
    return reverse(f"studyguides:{name}", args=[number])


def test_it_works(client: Client, resume: Resume) -> None:
    feedback = compared(resume, posting_of(resume.user))
    page = client.get(reverse("studyguides:start"), {"feedback": feedback.pk})
    assert f'<option value="{feedback.pk}" selected>' in page.content.decode()

    answer = client.post(
        reverse("studyguides:start"), {"feedback": feedback.pk, "hours_per_week": 10}
    )

    guide = StudyGuide.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, guide.get_absolute_url())
    assert guide.feedback == feedback
    assert "학습 가이드를 만들고 있습니다" in client.get(guide.get_absolute_url()).content.decode()


def test_a_page_that_waits_is_read_anew_once_the_guide_is_there(client: Client, user: User) -> None:
    guide = request_guide(user, posting=posting_of(user))
    asks, by_htmx = f"{guide.get_absolute_url()}?seen=queued", {"HX-Request": "true"}
    assert client.get(asks, headers=by_htmx).status_code == 204

    finished(guide)

    answer = client.get(asks, headers=by_htmx)
    assert (answer.headers.get("HX-Refresh"), answer.content) == ("true", b"")
    page = client.get(guide.get_absolute_url()).content.decode()
    assert "<h1>‘백엔드 개발자 (Java/Spring)’ 학습 가이드</h1>" in page
    assert address("calendar", guide.pk) in page


def test_something_must_be_chosen(client: Client, user: User) -> None:
    posting_of(user)

    page = client.post(reverse("studyguides:start"), {"hours_per_week": 10})

    assert "하나는 골라 주세요" in page.content.decode()
    assert not StudyGuide.objects.exists()


def test_what_is_not_ones_own_cannot_be_chosen(
    client: Client, other_user: User, resume: Resume
) -> None:
    posting = posting_of(other_user)

    page = client.post(reverse("studyguides:start"), {"posting": posting.pk, "hours_per_week": 10})

    assert page.status_code == 200
    assert not StudyGuide.objects.exists()


def test_an_item_is_done(client: Client, guide: StudyGuide) -> None:
    first, *rest = items_of(guide)

    answer = client.post(address("item_status", first.pk), {"status": "done"})

    assert answer["Location"] == f"{guide.get_absolute_url()}#item-{first.pk}"
    first.refresh_from_db()
    assert (first.status, first.done_at is not None) == ("done", True)
    page = client.get(guide.get_absolute_url()).content.decode()
    assert f"{len(rest) + 1}개 가운데 1개 끝냄" in page


def test_a_status_that_is_none_changes_nothing(client: Client, guide: StudyGuide) -> None:
    first, *_rest = items_of(guide)

    client.post(address("item_status", first.pk), {"status": "perfect"})

    first.refresh_from_db()
    assert first.status == "todo"


def test_htmx_gets_the_part_that_changed(client: Client, guide: StudyGuide) -> None:
    first, *_rest = items_of(guide)

    part = client.post(
        address("item_status", first.pk), {"status": "doing"}, headers={"HX-Request": "true"}
    ).content.decode()

    assert part.lstrip().startswith('<div id="guide"')
    assert "<html" not in part


def test_a_note_is_kept(client: Client, guide: StudyGuide) -> None:
    first, *_rest = items_of(guide)

    client.post(address("item_note", first.pk), {"notes": "공식 문서 3장까지"})

    assert "공식 문서 3장까지" in client.get(guide.get_absolute_url()).content.decode()


def test_a_note_that_is_too_long_is_not_lost(client: Client, guide: StudyGuide) -> None:
    first, *_rest = items_of(guide)

    page = client.post(address("item_note", first.pk), {"notes": "가" * 5001})

    assert page.status_code == 400
    assert "가" * 5001 in page.content.decode()
    first.refresh_from_db()
    assert first.notes == ""


def test_items_change_places(client: Client, guide: StudyGuide) -> None:
    first, second, *rest = [item.pk for item in items_of(guide)]

    client.post(address("item_move", first), {"down": "1"})
    assert [item.pk for item in items_of(guide)] == [second, first, *rest]
    client.post(address("item_move", first), {"up": "1"})
    client.post(address("item_move", first), {"up": "1"})
    assert [item.pk for item in items_of(guide)] == [first, second, *rest]


def test_a_guide_is_deleted_and_brought_back(client: Client, guide: StudyGuide) -> None:
    page = client.post(address("delete", guide.pk), follow=True).content.decode()
    assert "학습 가이드를 지웠습니다" in page
    assert client.get(guide.get_absolute_url()).status_code == 404
    assert client.post(address("restore", guide.pk)).status_code == 302
    assert client.get(guide.get_absolute_url()).status_code == 200


def test_a_waiting_guide_is_not_brought_back_beside_its_like(client: Client, user: User) -> None:
    posting = posting_of(user)
    deleted = request_guide(user, posting=posting)
    client.post(address("delete", deleted.pk))
    request_guide(user, posting=posting)

    page = client.post(address("restore", deleted.pk), follow=True).content.decode()

    assert "되살리지 못했습니다" in page
    deleted.refresh_from_db()
    assert deleted.is_deleted


def test_nobody_else_gets_in(other_client: Client, guide: StudyGuide) -> None:
    first, *_rest = items_of(guide)

    assert other_client.get(guide.get_absolute_url()).status_code == 404
    assert other_client.get(address("calendar", guide.pk)).status_code == 404
    for name in ("retry", "delete", "restore"):
        assert other_client.post(address(name, guide.pk)).status_code == 404
    for name in ("item_status", "item_note", "item_move", "item_practise", "item_to_resume"):
        answer = other_client.post(address(name, first.pk), {"status": "done", "notes": "x"})
        assert answer.status_code == 404
    first.refresh_from_db()
    assert (first.status, first.notes) == ("todo", "")


# Days and the calendar


def paced(hours: list[int], hours_a_week: int, **fields: Any) -> list[tuple[str, str]]:
    items = [StudyItem(estimated_hours=taken, **fields) for taken in hours]
    slots = schedule(items, hours_a_week, date(2026, 12, 1))
    return [(f"{slot.begins:%m-%d}", f"{slot.ends:%m-%d}") for slot in slots if slot.begins]


def test_items_follow_each_other_at_the_pace_of_their_user() -> None:
    assert paced([7, 14], 7) == [("12-01", "12-07"), ("12-08", "12-21")]
    # Twice the time, half of the days.
    assert paced([7, 14], 14) == [("12-01", "12-04"), ("12-04", "12-11")]
    assert paced([1, 1], 60) == [("12-01", "12-01"), ("12-01", "12-01")]


def test_the_page_says_that_the_deadline_will_be_missed(client: Client, guide: StudyGuide) -> None:
    assert "보다 늦습니다" not in client.get(guide.get_absolute_url()).content.decode()
    StudyGuide.objects.update(hours_per_week=1)

    page = client.get(guide.get_absolute_url()).content.decode()

    deadline = guide.made_of.asked[0].posting.deadline
    assert deadline is not None
    assert f"공고 마감({date_format(deadline)})보다 늦습니다" in page


def test_what_is_done_takes_no_time() -> None:
    assert paced([7, 14], 7, status="done") == []


def test_the_calendar_is_read_back(client: Client, guide: StudyGuide) -> None:
    first, *rest = items_of(guide)
    client.post(address("item_status", first.pk), {"status": "done"})

    answer = client.get(address("calendar", guide.pk))

    assert answer["Content-Type"].startswith("text/calendar")
    assert answer["Content-Disposition"].endswith(f'"gaechwi-guide-{guide.pk}.ics"')
    read: Any = Calendar.from_ical(answer.content)
    events = list(read.walk("VEVENT"))
    *items, deadline = events
    assert [event["summary"] for event in items] == [item.title for item in rest]
    assert items[0]["dtstart"].dt == timezone.localdate()
    assert all(event["dtend"].dt > event["dtstart"].dt for event in events)
    assert items[0]["description"].startswith(rest[0].description)
    assert deadline["dtstart"].dt == guide.made_of.asked[0].posting.deadline
    assert len({event["uid"] for event in events}) == len(events)
    # Taken in again, they are the same events.
    again: Any = Calendar.from_ical(client.get(address("calendar", guide.pk)).content)
    assert [event["uid"] for event in again.walk("VEVENT")] == [event["uid"] for event in events]


# Queries


def test_pages_take_a_constant_number_of_queries(
    client: Client, user: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    one = written(user, posting=posting_of(user, requirements="Java", preferred=""))
    client.get(reverse("studyguides:list"))
    with django_assert_num_queries(3):
        client.get(reverse("studyguides:list"))
    with django_assert_num_queries(6):
        client.get(one.get_absolute_url())
    for _ in range(3):
        many = written(user, posting=posting_of(user))
    with django_assert_num_queries(3):
        client.get(reverse("studyguides:list"))
    with django_assert_num_queries(6):
        client.get(many.get_absolute_url())
