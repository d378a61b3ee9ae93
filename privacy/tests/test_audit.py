"""What staff look at in the admin is written down, before they see it."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import User
from accounts.tests.people import user_form
from gaechwi.codes.models import Code
from privacy.audit import path_to_user
from privacy.models import Deed, StaffAccess
from resumes.models import Resume
from resumes.sample import sample_document
from resumes.services import create_resume

OURS = (
    "accounts.",
    "exports.",
    "feedback.",
    "imports.",
    "interviews.",
    "postings.",
    "privacy.",
    "resumes.",
    "studyguides.",
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(db: None) -> User:
    user: User = User.objects.create_superuser("staff@example.com", "a-long-passphrase")
    return user


@pytest.fixture
def staff_client(staff: User) -> Client:
    client = Client()
    client.force_login(staff)
    return client


def looks() -> list[tuple[Any, ...]]:
    rows = StaffAccess.objects.order_by("pk").values_list("staff", "subject", "deed", "what", "row")
    return list(rows)


def test_it_works(staff_client: Client, staff: User, user: User, resume: Resume) -> None:
    assert staff_client.get("/admin/resumes/resume/").status_code == 200
    assert staff_client.get(f"/admin/resumes/resume/{resume.pk}/change/").status_code == 200
    assert staff_client.get(f"/admin/accounts/user/{user.pk}/history/").status_code == 200
    assert staff_client.post(f"/admin/accounts/user/{user.pk}/change/", {}).status_code == 200
    changed = staff_client.post(f"/admin/accounts/user/{user.pk}/change/", user_form(user))
    assert changed.status_code == 302
    assert staff_client.get(f"/admin/accounts/user/{user.pk}/password/").status_code == 200

    resume_row = str(resume.pk)
    assert looks() == [
        (staff.pk, user.pk, Deed.LIST, "resumes.resume", ""),
        (staff.pk, user.pk, Deed.VIEW, "resumes.resume", resume_row),
        (staff.pk, user.pk, Deed.VIEW, "accounts.user", user.pk),
        (staff.pk, user.pk, Deed.VIEW, "accounts.user", user.pk),
        (staff.pk, user.pk, Deed.CHANGE, "accounts.user", user.pk),
        (staff.pk, user.pk, Deed.VIEW, "accounts.user", user.pk),
    ]


def test_what_is_offered_while_typing_is_a_list_of_people(
    staff_client: Client, staff: User
) -> None:
    query = {"app_label": "accounts", "model_name": "userblacklist", "field_name": "user"}

    assertContains(staff_client.get("/admin/autocomplete/", {**query, "term": "staff"}), "staff@")

    assert looks() == [(staff.pk, staff.pk, Deed.LIST, "accounts.user", "")]


def test_of_a_list_it_is_noted_whom_it_shows(
    staff_client: Client, user: User, other_user: User, resume: Resume
) -> None:
    create_resume(user, sample_document())
    create_resume(other_user, sample_document())
    here = "/admin/resumes/resume/"

    for query in ("", f"?q={user.email}", "?q=nobody@example.com", f"?q={user.email}&p=nonsense"):
        StaffAccess.objects.all().delete()
        staff_client.get(f"{here}{query}")
        about = {subject for _, subject, _, _, _ in looks()}
        shown = {"": {user.pk, other_user.pk}, "?q=nobody@example.com": {None}}
        assert about == shown.get(query, {user.pk}), query
        assert len(looks()) == len(about), "once for each person, not for each row"


def test_the_list_of_looks_is_looked_at_too(staff_client: Client, user: User) -> None:
    for _ in range(3):
        staff_client.get(f"/admin/accounts/user/{user.pk}/change/")

    for _ in range(2):
        staff_client.get("/admin/privacy/staffaccess/")

    assert [what for _, _, _, what, _ in looks()].count("privacy.staffaccess") == 2


@pytest.mark.parametrize("row", ["{user}", "nonsense"])
def test_a_form_that_its_address_fills_in_names_people(
    staff_client: Client, user: User, row: str
) -> None:
    filled_in = row.format(user=user.pk)

    staff_client.get(f"/admin/accounts/userblacklist/add/?user={filled_in}")
    staff_client.post("/admin/accounts/userblacklist/add/", {"user": filled_in})

    seen = [(subject, deed) for _, subject, deed, what, _ in looks() if what == "accounts.user"]
    assert seen == [(user.pk if row == "{user}" else None, Deed.VIEW)] * 2


def test_a_list_costs_the_same_for_many(
    staff_client: Client,
    user: User,
    resume: Resume,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    # Which models there are is asked once in a process.
    staff_client.get("/admin/resumes/resume/")
    for number in (1, 20):
        for _ in range(number):
            create_resume(user, sample_document())
        with django_assert_num_queries(6):
            staff_client.get("/admin/resumes/resume/")


def test_every_list_of_the_admin_about_people_is_written_down(staff_client: Client) -> None:
    about_people = [model for model in admin.site._registry if path_to_user(model)]
    assert len(about_people) > 10

    for model in about_people:
        options = model._meta
        path = f"/admin/{options.app_label}/{options.model_name}/"
        assert staff_client.get(path).status_code == 200, path

    assert {what for _, _, _, what, _ in looks()} == {
        model._meta.label_lower for model in about_people
    }


def test_lists_tell_nothing_of_columns_that_they_do_not_offer(staff_client: Client) -> None:
    """Asked letter by letter, a list would tell what no page shows."""
    asked = []
    for model, its_admin in admin.site._registry.items():
        if not path_to_user(model) or not type(its_admin).__module__.startswith(OURS):
            continue
        offered = {model._meta.pk.name, its_admin.date_hierarchy, *its_admin.list_filter}
        path = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        asked += [
            staff_client.get(f"{path}?{field.name}__gte=0").status_code
            for field in model._meta.concrete_fields
            if field.name not in offered
        ]
    assert len(asked) > 100
    assert set(asked) == {400}
    for path in ("usersessions/usersession", "socialaccount/socialtoken"):
        assert staff_client.get(f"/admin/{path}/").status_code == 404


def test_what_is_about_nobody_is_not(staff_client: Client) -> None:
    code = Code.objects.first()
    assert code is not None

    staff_client.get("/admin/")
    staff_client.get("/admin/codes/code/")
    staff_client.get(f"/admin/codes/code/{code.pk}/change/")
    staff_client.get("/admin/autocomplete/", {"app_label": "no", "model_name": "such"})

    assert looks() == []


@pytest.mark.parametrize(
    ("more", "deed"), [({}, Deed.VIEW), ({"post": "yes"}, Deed.CHANGE)], ids=["asked", "done"]
)
def test_what_is_chosen_in_a_list_is_named(
    staff_client: Client, user: User, more: dict[str, str], deed: Deed
) -> None:
    key = user.pk
    chosen = {"action": "delete_selected", "_selected_action": [key], **more}

    staff_client.post("/admin/accounts/user/", chosen)

    about = [(deed, what, row) for _, _, deed, what, row in looks() if row]
    assert about == [(deed, "accounts.user", key)]
    assert User.objects.filter(pk=key).exists() == (not more)


def test_all_that_a_list_found_is_named(
    staff_client: Client, staff: User, user: User, other_user: User
) -> None:
    """Chosen by one box, whichever row is sent with it."""
    keys = {user.pk, other_user.pk}
    chosen = {"action": "delete_selected", "_selected_action": [staff.pk], "select_across": "1"}

    staff_client.post("/admin/accounts/user/?is_staff__exact=0", {**chosen, "post": "yes"})

    assert {row for _, _, deed, _, row in looks() if deed == Deed.CHANGE} == keys
    assert list(User.objects.all()) == [staff]


def test_a_list_is_one_however_it_is_asked_for(staff_client: Client, user: User) -> None:
    page = staff_client.post(f"/admin/accounts/user/?q={user.email}", {})

    assertContains(page, user.email)
    assert [(subject, deed) for _, subject, deed, _, _ in looks()] == [(user.pk, Deed.LIST)]


def test_what_is_done_in_a_window_of_its_own_is_a_change(staff_client: Client, user: User) -> None:
    """The admin answers it by a page that closes the window."""
    form = {**user_form(user), "_popup": "1"}

    done = staff_client.post(f"/admin/accounts/user/{user.pk}/change/?_popup=1", form)

    assert done.status_code == 200
    assert [(subject, deed) for _, subject, deed, _, _ in looks()] == [(user.pk, Deed.CHANGE)]


@pytest.mark.parametrize("across", ["0", "1"])
def test_a_list_in_which_nothing_is_done_is_looked_at(
    staff_client: Client, user: User, across: str
) -> None:
    chosen = {"action": "", "_selected_action": [user.pk], "select_across": across}

    staff_client.post("/admin/accounts/user/", chosen)

    assert Deed.CHANGE not in {deed for _, _, deed, _, _ in looks()}


def test_who_may_not_look_leaves_no_note_for_each(user: User, other_user: User) -> None:
    helper = User.objects.create_user("helper@example.com", "a-long-passphrase", is_staff=True)
    theirs = Client()
    theirs.force_login(helper)
    chosen = {"action": "delete_selected", "_selected_action": [user.pk], "select_across": "1"}

    assert theirs.post("/admin/accounts/user/", chosen).status_code == 403

    assert {(subject, deed) for _, subject, deed, _, _ in looks()} == {(None, Deed.REFUSED)}


def test_what_was_refused_is_no_look(client: Client, user: User, resume: Resume) -> None:
    helper = User.objects.create_user("helper@example.com", "a-long-passphrase", is_staff=True)
    theirs = Client()
    theirs.force_login(helper)

    for path in ("", f"{user.pk}/change/", f"{user.pk}/delete/"):
        assert theirs.get(f"/admin/accounts/user/{path}").status_code == 403
    assert (
        theirs.post(f"/admin/accounts/user/{user.pk}/delete/", {"post": "yes"}).status_code == 403
    )

    assert {deed for _, _, deed, _, _ in looks()} == {Deed.REFUSED}
    assert len(looks()) == 4
    assertContains(client.get("/account/"), "연 적이 없습니다")


def test_a_user_sees_all_looks_page_by_page(
    client: Client, user: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    StaffAccess.objects.create(subject=user, deed=Deed.VIEW, what="resumes.resume", row="1")
    for _ in range(60):
        StaffAccess.objects.create(subject=user, deed=Deed.LIST, what="accounts.user")

    assertContains(client.get("/account/"), 'href="/account/accesses/"')
    with django_assert_num_queries(3):
        first = client.get("/account/accesses/")
    assertContains(first, "목록을 봄", count=50)
    assertContains(client.get("/account/accesses/?page=2"), "내용을 봄", count=1)


def test_it_says_who_after_they_are_gone(staff_client: Client, staff: User, user: User) -> None:
    staff_client.get(f"/admin/accounts/user/{user.pk}/change/")

    staff.delete()

    [look] = StaffAccess.objects.all()
    assert (look.staff, look.staff_email) == (None, "staff@example.com")


def test_an_account_opens_whatever_was_looked_at(client: Client, user: User) -> None:
    """A model may be called otherwise by then."""
    StaffAccess.objects.create(subject=user, deed=Deed.VIEW, what="gone.model")

    assertContains(client.get("/account/"), "gone.model")


def test_only_staff_are(client: Client, user: User) -> None:
    client.get(f"/admin/accounts/user/{user.pk}/change/")
    Client().get("/admin/resumes/resume/")

    assert looks() == []


@pytest.mark.parametrize("row", ["0", "99999999999999999999999", "x", "%00", "_2F"])
def test_a_row_that_is_not_there(staff_client: Client, row: str) -> None:
    staff_client.get(f"/admin/resumes/resume/{row}/change/")

    assert [(subject, what) for _, subject, _, what, _ in looks()] == [(None, "resumes.resume")]


def test_nobody_changes_it(staff_client: Client, user: User) -> None:
    staff_client.get(f"/admin/accounts/user/{user.pk}/change/")
    row = StaffAccess.objects.get()

    page = f"/admin/privacy/staffaccess/{row.pk}"
    assertContains(staff_client.get("/admin/privacy/staffaccess/"), user.pk)
    assert staff_client.post(f"{page}/change/", {"row": "x"}).status_code == 403
    assert staff_client.post(f"{page}/delete/", {"post": "yes"}).status_code == 403
    assert staff_client.get("/admin/privacy/staffaccess/add/").status_code == 403
    row.refresh_from_db()
    assert row.row == user.pk


def test_users_see_who_looked_at_theirs_and_when(
    staff_client: Client, client: Client, other_client: Client, resume: Resume
) -> None:
    assertContains(client.get("/account/"), "연 적이 없습니다")

    staff_client.get(f"/admin/resumes/resume/{resume.pk}/change/")

    assertContains(client.get("/account/"), "내용을 봄")
    assertNotContains(client.get("/account/"), "staff@example.com")
    assertContains(other_client.get("/account/"), "연 적이 없습니다")


def test_it_stays_when_its_user_goes(staff_client: Client, user: User) -> None:
    staff_client.get(f"/admin/accounts/user/{user.pk}/change/")

    user.delete()

    assert [(subject, what) for _, subject, _, what, _ in looks()] == [(None, "accounts.user")]
