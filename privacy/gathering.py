"""All that is kept of a user, as a ZIP file: `data.json`, and the files as they were uploaded.

What belongs to a user is what would be deleted with them: so nothing that deletion takes can be
missing from the download, whichever app adds it later.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import NestedObjects
from django.core import serializers
from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model
from django.utils.text import get_valid_filename

from accounts.models import User
from gaechwi.connections import release_connection
from privacy.models import DataDownload, StaffAccess
from resumes.models import File

# They open accounts, or are of no account but of the machinery: no data about a person.
SECRETS = {
    "password",
    "session_hash",
    "refresh_jti",
    "session_key",
    "token",
    "token_secret",
    "claim",
    "lease_until",
}

READ_ME = """개취에 저장된 내 데이터입니다.

data.json   모든 기록. 항목의 이름은 데이터베이스의 이름이며, 지운 이력서와 공고도 완전히
            없어지기 전에는 들어 있습니다.
files/      올린 사진과 파일. data.json의 resumes.file에 원래 이름이 있습니다.

Everything that GAECHWI keeps about you: records in data.json, uploads in files/.
"""


def gather(user: User, to: IO[bytes]) -> None:
    """Write the ZIP file of a user. Raises one of STORAGE_ERRORS where uploads are out of reach."""
    belongings = belongings_of(user)
    with ZipFile(to, "w", ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", READ_ME)
        data: dict[str, list[Any]] = {
            model._meta.label_lower: _told(rows) for model, rows in belongings.items()
        }
        data["staff_access"] = [
            *StaffAccess.objects.for_user(user).values("at", "deed", "what", "row")
        ]
        archive.writestr(
            "data.json", json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
        )
        release_connection()
        # An earlier download would be in each later one, and that in the next.
        earlier = {download.file_id for download in belongings.get(DataDownload, [])}
        for file in belongings.get(File, []):
            if file.pk not in earlier:
                _add_file(archive, file)


def belongings_of(user: User) -> dict[type[Model], list[Any]]:
    """Return the rows that would be deleted with a user, by model, in the order of their keys."""
    collector = NestedObjects(using=DEFAULT_DB_ALIAS, origin=[user])
    collector.collect([user])
    return {
        model: sorted(rows, key=lambda row: row.pk)
        for model, rows in sorted(collector.data.items(), key=lambda item: item[0]._meta.label)
        # What staff have done in the admin names other people.
        if model is not LogEntry
    }


def _told(rows: Iterable[Model]) -> list[dict[str, Any]]:
    return [
        {
            "id": told["pk"],
            **{name: value for name, value in told["fields"].items() if name not in SECRETS},
        }
        for told in serializers.serialize("python", rows)
    ]


def _add_file(archive: ZipFile, file: File) -> None:
    name = "files/" + get_valid_filename(f"{file.pk}_{file.original_name}")
    try:
        with default_storage.open(file.key) as source, archive.open(name, "w") as target:
            for chunk in source.chunks():
                target.write(chunk)
    except FileNotFoundError:
        # Its bytes are gone; its row in data.json still says what it was.
        return
