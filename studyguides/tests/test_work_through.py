"""Working through a guide: how far items have got, notes, and another order."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from postings.tests import note_down
from studyguides.models import ItemStatus, StudyGuide, StudyItem
from studyguides.services import OtherItemsError, reorder, save_note, set_status
from studyguides.tests.guides import written

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def guide(user: User) -> StudyGuide:
    posting = note_down(user, requirements="- SQL과 Excel, Git 활용 능력\n- Tableau 사용 경험")
    return written(user, posting=posting)


@pytest.fixture
def item(guide: StudyGuide) -> StudyItem:
    return guide.items.all()[0]


def test_it_works(item: StudyItem) -> None:
    before = timezone.now()
    set_status(item, ItemStatus.DOING)
    item.refresh_from_db()
    assert (item.status, item.done_at) == ("doing", None)
    set_status(item, ItemStatus.DONE)
    item.refresh_from_db()
    assert item.status == "done"
    assert item.done_at is not None
    assert before <= item.done_at <= timezone.now()


def test_what_is_done_stays_done_since_then(item: StudyItem) -> None:
    set_status(item, ItemStatus.DONE)
    long_ago = timezone.now() - timedelta(days=3)
    StudyItem.objects.filter(pk=item.pk).update(done_at=long_ago)
    item.refresh_from_db()
    set_status(item, ItemStatus.DONE)
    item.refresh_from_db()
    assert item.done_at == long_ago


def test_an_item_can_be_taken_up_again(item: StudyItem) -> None:
    for status in (ItemStatus.DONE, ItemStatus.TODO):
        set_status(item, status)
    item.refresh_from_db()
    assert (item.status, item.done_at) == ("todo", None)


def test_progress_is_counted(user: User, guide: StudyGuide) -> None:
    for item in guide.items.all()[:2]:
        set_status(item, ItemStatus.DONE)
    set_status(guide.items.all()[2], ItemStatus.DOING)
    (listed,) = StudyGuide.objects.for_user(user).for_lists()
    assert (listed.done_count, listed.item_count) == (2, guide.items.count())  # type: ignore[attr-defined]


def test_notes_are_kept(item: StudyItem) -> None:
    save_note(item, "3장까지 읽음")
    item.refresh_from_db()
    assert item.notes == "3장까지 읽음"
    assert item.status == "todo"


def test_items_get_another_order(
    guide: StudyGuide, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ids = [item.pk for item in guide.items.all()]
    assert len(ids) > 3
    wanted = [ids[-1], *ids[1:-1], ids[0]]
    with django_assert_num_queries(6):
        reorder(guide, wanted)
    ordered = list(StudyItem.objects.filter(guide=guide))
    assert [item.pk for item in ordered] == wanted
    assert [item.order for item in ordered] == list(range(1, len(ids) + 1))


@pytest.mark.parametrize("change", ["missing", "twice", "foreign"])
def test_an_order_holds_every_item_once(user: User, guide: StudyGuide, change: str) -> None:
    other = written(user, posting=note_down(user, requirements="- Java 경험"))
    ids = [item.pk for item in guide.items.all()]
    wanted = {
        "missing": ids[1:],
        "twice": [ids[0], *ids],
        "foreign": [other.items.all()[0].pk, *ids[1:]],
    }[change]
    with pytest.raises(OtherItemsError):
        reorder(guide, wanted)
    assert [item.pk for item in StudyItem.objects.filter(guide=guide)] == ids
