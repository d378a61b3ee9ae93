from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User, UserBlacklist
from accounts.tests.people import PASSWORD, block, is_signed_in, new_user, sign_in, user_form
from feedback.models import ResumeFeedback
from feedback.services import request_standard_feedback
from gaechwi.codes.models import Code
from postings.models import JobPosting
from resumes.models import Resume
from resumes.sample import sample_document
from resumes.services import create_resume

pytestmark = pytest.mark.django_db

STAFF = "staff@example.kr"
USERS = "/admin/accounts/user/"


@pytest.fixture
def root() -> User:
    """Return a member of staff who may do everything."""
    return User.objects.create_superuser(STAFF, PASSWORD, name="운영자")


@pytest.fixture
def staff(root: User) -> Client:
    """Return their browser."""
    client = Client()
    sign_in(client, STAFF)
    return client


@pytest.fixture
def feedback() -> ResumeFeedback:
    """Return a feedback on a whole résumé."""
    user = new_user(name="김지수")
    return request_standard_feedback(create_resume(user, sample_document()))


def test_it_works(staff: Client) -> None:
    assert staff.get("/admin/").status_code == 200
    for model in admin.site._registry:
        address = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        assert staff.get(address).status_code == 200, address


def test_signs_in_like_everybody_else(client: Client, root: User) -> None:
    for address in ("/admin/", "/admin/login/", USERS):
        response: Any = client.get(address, follow=True)
        assert response.redirect_chain[-1][0].startswith("/accounts/login/?next=")

    response = client.post(
        "/accounts/login/", {"login": STAFF, "password": PASSWORD, "next": "/admin/"}
    )

    assert response.url == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_there_is_no_other_way_in(client: Client, root: User) -> None:
    """The admin's own form knows no limit of attempts."""
    response: Any = client.post("/admin/login/", {"username": STAFF, "password": PASSWORD})

    assert response.url.startswith("/accounts/login/")
    assert not is_signed_in(client)


def test_blocked_staff(client: Client, root: User) -> None:
    block(root, "권한 남용")

    response = sign_in(client, STAFF)

    assert response.status_code == 403
    assert "권한 남용" in response.content.decode()
    assert client.get("/admin/").status_code == 302


def test_session_of_blocked_staff_ends(staff: Client, root: User) -> None:
    block(root)

    assert staff.get("/admin/").status_code == 302


@pytest.mark.parametrize("address", ["/admin/", "/admin/login/", USERS, "/admin/codes/code/"])
def test_it_checks_access(client: Client, address: str) -> None:
    new_user()
    sign_in(client)

    response: Any = client.get(address, follow=True)

    assert response.status_code == 403
    assert "들어갈 수 없습니다" in response.content.decode()


def test_staff_without_permissions_sees_nothing(client: Client) -> None:
    new_user(is_staff=True)
    sign_in(client)

    assert client.get("/admin/").status_code == 200
    for address in (USERS, "/admin/codes/code/", "/admin/feedback/resumefeedback/"):
        assert client.get(address).status_code == 403


def test_add_user(staff: Client, client: Client) -> None:
    form = {"email": "New@Example.KR", "name": "새 회원", "usable_password": "true"}

    response = staff.post(f"{USERS}add/", {**form, "password1": PASSWORD, "password2": PASSWORD})

    assert response.status_code == 302
    user = User.objects.get(name="새 회원")
    assert user.email == "new@example.kr"
    confirm: Any = sign_in(client, "new@example.kr")
    assert confirm.url == "/accounts/confirm-email/", "staff may mistype an address"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"email": "Jisu.Kim@Example.kr"}, "이미"),
        ({"email": "지수"}, "이메일"),
        ({"password1": "password", "password2": "password"}, "너무 흔히"),
    ],
)
def test_add_bad_user(staff: Client, fields: dict[str, str], reason: str) -> None:
    new_user()
    form = {"email": "a@b.kr", "usable_password": "true"}
    password = {"password1": PASSWORD, "password2": PASSWORD}

    response = staff.post(f"{USERS}add/", {**form, **password, **fields})

    assert response.status_code == 200
    assert reason in response.content.decode()
    assert User.objects.count() == 2


def test_change_user(staff: Client) -> None:
    user = new_user(name="지수")
    page = staff.get(f"{USERS}{user.pk}/change/").content.decode()
    assert '<option value="1" selected>구직자</option>' in page
    assert PASSWORD not in page
    assert user.password not in page

    response = staff.post(
        f"{USERS}{user.pk}/change/",
        user_form(user, name="김지수", gender="2", phone="010-1234-5678"),
    )

    assert response.status_code == 302
    user.refresh_from_db()
    assert (user.name, user.gender, user.phone) == ("김지수", "2", "010-1234-5678")
    assert user.check_password(PASSWORD)
    assert EmailAddress.objects.get(user=user).verified


def test_new_address_takes_the_place_of_the_old_one(staff: Client, client: Client) -> None:
    user = new_user()

    staff.post(f"{USERS}{user.pk}/change/", user_form(user, email="new@example.kr"))

    sign_in(client)
    assert not is_signed_in(client)
    response: Any = sign_in(client, "new@example.kr")
    assert response.url == "/accounts/confirm-email/"


@pytest.mark.parametrize("fields", [{"user_type": "9"}, {"gender": "x"}, {"email": ""}])
def test_change_to_bad_values(staff: Client, fields: dict[str, str]) -> None:
    user = new_user()

    response = staff.post(f"{USERS}{user.pk}/change/", user_form(user, **fields))

    assert response.status_code == 200
    assert 'class="errorlist"' in response.content.decode()


@pytest.mark.parametrize(
    ("query", "found"), [("지수", 1), ("JISU.KIM", 1), ("010-1234", 0), ("nobody", 0)]
)
def test_search_users(staff: Client, query: str, found: int) -> None:
    new_user(name="김지수", phone="010-1234-5678")

    page = staff.get(USERS, {"q": query}).content.decode()

    assert page.count('class="action-select"') == found


def test_lists_show_words_of_codes(staff: Client) -> None:
    new_user()

    page = staff.get(USERS).content.decode()

    assert '<td class="field-user_type">구직자</td>' in page
    assert '<a href="?user_type__exact=2">운영자</a>' in page
    page = staff.get(USERS, {"user_type__exact": "2"}).content.decode()
    assert '<td class="field-user_type">구직자</td>' not in page


def test_list_of_users_makes_the_same_queries_for_more(staff: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            staff.get(USERS)
        return len(captured)

    new_user("first@example.kr")
    queries()  # Reads the codes into the cache.
    few = queries()
    for number in range(5):
        new_user(f"user{number}@example.kr")

    assert queries() == few


def test_block_on_the_page_of_a_user(staff: Client, root: User, client: Client) -> None:
    user = new_user()
    sign_in(client)
    now = timezone.localtime()
    inline = {
        "blocks-TOTAL_FORMS": "1",
        "blocks-0-user": user.pk,
        "blocks-0-reason": "허위 경력",
        "blocks-0-blocked_from_0": now.strftime("%Y-%m-%d"),
        "blocks-0-blocked_from_1": now.strftime("%H:%M:%S"),
    }

    response = staff.post(f"{USERS}{user.pk}/change/", user_form(user, **inline))

    assert response.status_code == 302
    entry = UserBlacklist.objects.get()
    assert entry.blocked_by == root
    assert not is_signed_in(client)

    kept = {"blocks-INITIAL_FORMS": "1", "blocks-0-id": str(entry.pk)}
    staff.post(
        f"{USERS}{user.pk}/change/", user_form(user, **inline, **kept, **{"blocks-0-DELETE": "on"})
    )
    assert not UserBlacklist.objects.exists()


def test_edit_of_a_block_keeps_who_set_it(staff: Client) -> None:
    first = new_user("first@example.kr", is_staff=True)
    entry = block(new_user(), "허위 경력", blocked_by=first)
    begin = timezone.localtime(entry.blocked_from)

    staff.post(
        f"/admin/accounts/userblacklist/{entry.pk}/change/",
        {
            "user": entry.user_id,
            "reason": "허위 경력 반복",
            "blocked_from_0": begin.strftime("%Y-%m-%d"),
            "blocked_from_1": begin.strftime("%H:%M:%S"),
        },
    )

    entry.refresh_from_db()
    assert (entry.reason, entry.blocked_by) == ("허위 경력 반복", first)


def test_staff_who_may_only_look_can_not_block(client: Client) -> None:
    viewer = new_user("viewer@example.kr", is_staff=True)
    viewer.user_permissions.add(*Permission.objects.filter(codename__startswith="view_user"))
    user = new_user()
    sign_in(client, "viewer@example.kr")

    assert client.get(USERS).status_code == 200
    assert client.get("/admin/accounts/userblacklist/add/").status_code == 403
    assert client.post(f"{USERS}{user.pk}/change/", user_form(user, name="x")).status_code == 403


def test_edit_code(staff: Client, client: Client, django_capture_on_commit_callbacks: Any) -> None:
    code = Code.objects.get(division="gender", detail_id="1")
    form = {"division": "gender", "detail_id": "1", "code_detail": "남", "order": "3"}

    with django_capture_on_commit_callbacks(execute=True):
        response = staff.post(f"/admin/codes/code/{code.pk}/change/", form)

    assert response.status_code == 302
    assert Code.objects.choices("gender") == [("2", "여성"), ("1", "남")]


@pytest.mark.parametrize(
    "fields", [{"detail_id": "2"}, {"code_detail": ""}, {"code_detail": "가" * 51}, {"order": "-1"}]
)
def test_bad_code(staff: Client, fields: dict[str, str]) -> None:
    code = Code.objects.get(division="gender", detail_id="1")
    form = {"division": "gender", "detail_id": "1", "code_detail": "남", "order": "3"}

    response = staff.post(f"/admin/codes/code/{code.pk}/change/", {**form, **fields})

    assert response.status_code == 200
    code.refresh_from_db()
    assert code.code_detail == "남성"


def test_jobs_are_to_be_looked_at_only(staff: Client, feedback: ResumeFeedback) -> None:
    jobs = "/admin/feedback/resumefeedback/"
    detail = f"{jobs}{feedback.pk}/change/"

    assert staff.get(detail).status_code == 200
    assert staff.get(f"{jobs}add/").status_code == 403
    assert staff.post(detail, {"status": "done"}).status_code == 403
    assert staff.post(f"{jobs}{feedback.pk}/delete/", {"post": "yes"}).status_code == 403
    page = staff.get(detail).content.decode()
    assert 'name="_save"' not in page
    feedback.refresh_from_db()
    assert feedback.status == "queued"


@pytest.mark.parametrize(("query", "found"), [("jisu.kim@", 1), ("other@", 0)])
def test_search_and_filter_jobs(
    staff: Client, feedback: ResumeFeedback, query: str, found: int
) -> None:
    jobs = "/admin/feedback/resumefeedback/"

    page = staff.get(jobs, {"q": query}).content.decode()
    assert page.count('class="field-pk"') == found
    page = staff.get(jobs, {"status__exact": "failed"}).content.decode()
    assert page.count('class="field-pk"') == 0


def test_staff_read_no_resume(staff: Client, feedback: ResumeFeedback) -> None:
    document = sample_document()
    words = {document.introduction[:15], document.experiences[0].company, document.phone}
    ResumeFeedback.objects.update(parent_content="총평의 말")
    addresses = [
        "/admin/feedback/resumefeedback/",
        f"/admin/feedback/resumefeedback/{feedback.pk}/change/",
        "/admin/resumes/resume/",
        f"/admin/resumes/resume/{Resume.objects.get().pk}/change/",
        USERS,
    ]

    for address in addresses:
        with CaptureQueriesContext(connection) as captured:
            page = staff.get(address).content.decode()
        read = " ".join(query["sql"] for query in captured)
        assert not [word for word in {*words, "총평의 말"} if word and word in page], address
        assert "resume_snapshot" not in read, address
        assert "parent_content" not in read, address


def test_staff_look_at_postings_as_they_look_at_resumes(staff: Client) -> None:
    user = new_user()
    words = {name: f"{name}의 말" for name in ("title", "company", "duties", "benefits", "memo")}
    kept = JobPosting.objects.create(user=user, **words)
    gone = JobPosting.objects.create(user=user, title="지운 공고", is_active=False)
    postings = "/admin/postings/jobposting/"

    with CaptureQueriesContext(connection) as captured:
        page = staff.get(postings).content.decode()
    assert page.count('class="field-pk"') == 2
    assert user.email in page
    assert "duties" not in " ".join(query["sql"] for query in captured)
    deleted = staff.get(postings, {"is_active__exact": "0"}).content.decode()
    assert f"{postings}{gone.pk}/change/" in deleted
    assert f"{postings}{kept.pk}/change/" not in deleted
    detail = staff.get(f"{postings}{kept.pk}/change/").content.decode()
    assert not [said for name, said in words.items() if name != "title" and said in page + detail]


@pytest.mark.parametrize("model", ["resumes/resume", "postings/jobposting"])
def test_staff_make_and_change_nothing_that_users_own(staff: Client, model: str) -> None:
    user = new_user()
    resume = create_resume(user, sample_document())
    posting = JobPosting.objects.create(user=user, title="공고")
    pk = {"resumes/resume": resume.pk, "postings/jobposting": posting.pk}[model]

    assert staff.get(f"/admin/{model}/{pk}/change/").status_code == 200
    assert staff.post(f"/admin/{model}/{pk}/change/", {"title": "x"}).status_code == 403
    assert staff.get(f"/admin/{model}/add/").status_code == 403
