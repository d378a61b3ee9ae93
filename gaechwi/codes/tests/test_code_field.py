from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db.migrations.writer import MigrationWriter
from django.forms import modelform_factory
from django.utils import translation

from accounts.models import User
from gaechwi.codes.fields import CodeField
from gaechwi.codes.models import Code

pytestmark = pytest.mark.django_db

UserForm = modelform_factory(User, fields=["gender", "user_type"])


def test_it_works() -> None:
    form = UserForm({"gender": "2", "user_type": "1"})

    assert form.is_valid()
    assert form.instance.gender == "2"
    assert list(choices_of("gender")) == [("", "—"), ("1", "남성"), ("2", "여성")]


def choices_of(name: str) -> list[tuple[str, str]]:
    field: Any = UserForm().fields[name]
    return list(field.choices)


@pytest.mark.parametrize("gender", ["3", "남성", "1 ", "0", "1" * 60])
def test_unknown_id(gender: str) -> None:
    form = UserForm({"gender": gender, "user_type": "1"})

    assert not form.is_valid()
    assert "gender" in form.errors
    with pytest.raises(ValidationError) as refused:
        User(email="a@b.kr", password="x", gender=gender).full_clean()
    assert "gender" in refused.value.message_dict


def test_id_of_another_division() -> None:
    with pytest.raises(ValidationError, match="고를 수 없는 값입니다"):
        CodeField(division="gender").clean("6", None)

    assert CodeField(division="graduation_status").clean("6", None) == "6"


@pytest.mark.parametrize(("name", "valid"), [("gender", True), ("user_type", False)])
def test_nothing_chosen(name: str, valid: bool) -> None:
    form = UserForm({"gender": "1", "user_type": "1", name: ""})

    assert form.is_valid() is valid


def test_new_code_can_be_chosen_at_once(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        Code.objects.create(division="gender", detail_id="3", code_detail="밝히지 않음", order=3)

    assert ("3", "밝히지 않음") in choices_of("gender")
    assert UserForm({"gender": "3", "user_type": "1"}).is_valid()


def test_unknown_division_offers_nothing() -> None:
    field: Any = CodeField(division="nothing", blank=True).formfield()

    assert list(field.choices) == [("", "—")]


def test_words_are_in_the_language_of_the_page() -> None:
    with translation.override("ko"):
        assert Code.objects.detail("gender", "1") == "남성"
    assert Code.objects.detail("gender", "9") == ""
    assert Code.objects.detail("nothing", "1") == ""


def test_migrations() -> None:
    field = CodeField("성별", division="gender", blank=True)

    _name, path, args, kwargs = field.deconstruct()
    assert path == "gaechwi.codes.fields.CodeField"
    again = CodeField(*args, **kwargs)
    assert (again.division, again.max_length, again.blank) == ("gender", 50, True)
    assert again.deconstruct()[1:] == field.deconstruct()[1:]
    written, _imports = MigrationWriter.serialize(field)
    assert "division='gender'" in written
    assert "choices" not in written, "codes are rows: an edit is no change of the schema"


def test_copies_keep_the_division() -> None:
    """Models copy the fields of the abstract models that they derive from."""
    field = CodeField(division="gender")

    assert deepcopy(field).division == field.clone().division == "gender"
