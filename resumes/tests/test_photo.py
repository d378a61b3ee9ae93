from __future__ import annotations

import hashlib
import io
import random
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pytest_django import Settings
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from resumes.models import File, Resume
from resumes.tests import HTMX, assert_only_for_its_user
from resumes.tests.pictures import BLUE, RED, camera_exif, half_red, png_bomb, upload

pytestmark = pytest.mark.django_db

Committing = Callable[..., AbstractContextManager[list[Any]]]

SCRIPT = b"<script>alert(document.cookie)</script>"
MEGABYTE = 1024 * 1024


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Settings) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


@pytest.fixture(autouse=True)
def _committed(django_capture_on_commit_callbacks: Committing) -> Iterator[None]:
    with django_capture_on_commit_callbacks(execute=True):
        yield


def path(resume_id: int) -> str:
    return f"/resumes/{resume_id}/photo/"


def send(client: Client, resume: Resume, photo: object, **headers: str) -> Any:
    return client.post(path(resume.pk), {"photo": photo}, headers=headers)


def stored(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file()]


def shown(client: Client, resume: Resume) -> Image.Image:
    response = client.get(path(resume.pk))
    assert response.status_code == 200
    return Image.open(io.BytesIO(response.content))


def near(color: object, wanted: tuple[int, int, int]) -> bool:
    assert isinstance(color, tuple)
    return all(abs(a - b) < 40 for a, b in zip(color, wanted, strict=True))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_it_works(client: Client, resume: Resume, folder: Path, kind: str) -> None:
    response = send(client, resume, upload(half_red(), kind, "내 사진.JPG"))

    edit = f"/resumes/{resume.pk}/edit/"
    assertRedirects(response, edit, fetch_redirect_response=False)
    page = client.get(edit)
    photo = File.objects.get()
    assertContains(page, "사진을 올렸습니다.")
    assertContains(page, f'<img src="{path(resume.pk)}?v={photo.pk}"')
    assertContains(client.get(f"/resumes/{resume.pk}/"), f'<img src="{path(resume.pk)}')

    picture = shown(client, resume)
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (80, 40))
    assert near(picture.getpixel((10, 20)), RED)
    assert near(picture.getpixel((70, 20)), BLUE)
    [file] = stored(folder)
    data = file.read_bytes()
    assert file == folder / photo.key
    assert (photo.user, photo.original_name) == (resume.user, "내 사진.JPG")
    assert (photo.size, photo.checksum) == (len(data), hashlib.sha256(data).hexdigest())


def test_it_is_served_as_what_it_is(client: Client, resume: Resume) -> None:
    send(client, resume, upload(half_red(), name="photo.html"))

    response = client.get(path(resume.pk))

    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, max-age=3600"
    assert response["Content-Disposition"] == "inline"
    assert int(response["Content-Length"]) == len(response.content)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_of_the_camera_is_kept(
    client: Client, resume: Resume, folder: Path, kind: str
) -> None:
    photo = upload(half_red(), kind, exif=camera_exif())
    assert b"SecretPhone" in photo.read()
    photo.seek(0)

    send(client, resume, photo)

    picture = shown(client, resume)
    assert not picture.getexif()
    assert not {"exif", "xmp", "comment", "icc_profile"} & set(picture.info)
    assert b"SecretPhone" not in stored(folder)[0].read_bytes()
    # Held upright the red half is above.
    assert picture.size == (40, 80)
    assert near(picture.getpixel((20, 10)), RED)
    assert near(picture.getpixel((20, 70)), BLUE)


def test_words_within_a_picture_are_not_kept(client: Client, resume: Resume, folder: Path) -> None:
    picture = upload(half_red(), comment=SCRIPT, xmp=SCRIPT, icc_profile=SCRIPT)

    send(client, resume, picture)

    assert SCRIPT not in stored(folder)[0].read_bytes()


def test_what_hangs_on_a_picture_is_not_kept(client: Client, resume: Resume, folder: Path) -> None:
    polyglot = upload(half_red()).read() + b"PK\x03\x04" + SCRIPT

    response = send(client, resume, SimpleUploadedFile("photo.jpg", polyglot))

    assert response.status_code == 302
    assert SCRIPT not in stored(folder)[0].read_bytes()


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_transparent_becomes_white(
    client: Client, resume: Resume, kind: str, mode: str
) -> None:
    picture = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    picture.paste((0, 0, 0, 255), (0, 0, 20, 40))

    send(client, resume, upload(picture.convert(mode), kind))

    assert near(shown(client, resume).getpixel((5, 20)), (0, 0, 0))
    assert near(shown(client, resume).getpixel((35, 20)), (255, 255, 255))


@pytest.mark.parametrize(
    ("kind", "mode"), [("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "L"), ("PNG", "1"), ("PNG", "P")]
)
def test_every_way_to_keep_colors_is_read(
    client: Client, resume: Resume, kind: str, mode: str
) -> None:
    send(client, resume, upload(half_red(mode=mode), kind))

    assert shown(client, resume).size == (80, 40)


def test_deep_gray_is_not_blown_out(client: Client, resume: Resume) -> None:
    picture = Image.new("I;16", (20, 20), 0x8000)

    send(client, resume, upload(picture, "PNG"))

    assert near(shown(client, resume).getpixel((10, 10)), (128, 128, 128))


@pytest.mark.parametrize(
    ("size", "orientation", "kept"),
    [
        ((6000, 8000), 1, (1200, 1600)),
        ((8000, 6000), 6, (1200, 1600)),
        ((8000, 2000), 1, (1200, 300)),
        ((600, 800), 1, (600, 800)),
    ],
)
def test_a_large_picture_is_made_smaller(
    client: Client,
    resume: Resume,
    size: tuple[int, int],
    orientation: int,
    kept: tuple[int, int],
) -> None:
    photo = upload(half_red(size), quality=30, exif=camera_exif(orientation))

    send(client, resume, photo)

    assert shown(client, resume).size == kept


def test_a_second_photo_takes_the_place_of_the_first(
    client: Client, resume: Resume, folder: Path, django_capture_on_commit_callbacks: Committing
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        send(client, resume, upload(half_red()))
    [first] = stored(folder)

    with django_capture_on_commit_callbacks(execute=True):
        response = send(client, resume, upload(half_red((30, 30))))

    assertContains(client.get(response["Location"]), "사진을 바꿨습니다.")
    [second] = stored(folder)
    assert second != first
    assert File.objects.get().key == str(second.relative_to(folder))
    assert shown(client, resume).size == (30, 30)


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_it_is_removed(
    client: Client,
    resume: Resume,
    folder: Path,
    headers: dict[str, str],
    django_capture_on_commit_callbacks: Committing,
) -> None:
    send(client, resume, upload(half_red()))

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(f"/resumes/{resume.pk}/photo/remove/", headers=headers)

    assert response.status_code == (200 if headers else 302)
    assert stored(folder) == []
    assert not File.objects.exists()
    assert client.get(path(resume.pk)).status_code == 404
    assertNotContains(client.get(f"/resumes/{resume.pk}/edit/"), "<img")
    assert client.post(f"/resumes/{resume.pk}/photo/remove/").status_code == 302


def test_htmx_changes_its_part_of_the_page_only(client: Client, resume: Resume) -> None:
    """What is typed into the rest of the page and not saved yet must stay."""
    response = send(client, resume, upload(half_red()), **HTMX)

    assertContains(response, '<div class="photo-row" id="photo">')
    assertContains(response, "<img")
    assertContains(response, "사진을 올렸습니다.")
    assertNotContains(response, "<html")
    assertNotContains(client.get(f"/resumes/{resume.pk}/edit/"), "사진을 올렸습니다.")


def test_it_goes_with_its_user(
    client: Client, resume: Resume, folder: Path, django_capture_on_commit_callbacks: Committing
) -> None:
    send(client, resume, upload(half_red()))

    with django_capture_on_commit_callbacks(execute=True):
        resume.user.delete()

    assert stored(folder) == []


def test_a_resume_without_one_has_none(client: Client, resume: Resume) -> None:
    assert client.get(path(resume.pk)).status_code == 404


def test_lost_bytes_are_not_an_error(client: Client, resume: Resume, folder: Path) -> None:
    send(client, resume, upload(half_red()))
    stored(folder)[0].unlink()

    assert client.get(path(resume.pk)).status_code == 404


# ── Access ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("method", "step"), [("get", ""), ("post", ""), ("post", "remove/")])
def test_it_is_for_its_user_only(
    client: Client,
    other_client: Client,
    resume: Resume,
    folder: Path,
    method: str,
    step: str,
) -> None:
    send(client, resume, upload(half_red()))

    assert_only_for_its_user(
        lambda resume_id: path(resume_id) + step, resume, client, other_client, method
    )

    assert len(stored(folder)) == 1


def test_nobody_else_can_send_one(
    client: Client, other_client: Client, resume: Resume, folder: Path
) -> None:
    assert send(Client(), resume, upload(half_red())).status_code == 302
    assert send(other_client, resume, upload(half_red())).status_code == 404
    resume.soft_delete()
    assert send(client, resume, upload(half_red())).status_code == 404

    assert stored(folder) == []
    assert not File.objects.exists()


# ── Bad input ─────────────────────────────────────────────────────────────────────────────────────

ONLY_PICTURES = "JPEG, PNG, WebP 사진만 올릴 수 있습니다."
BROKEN = "사진 파일이 깨져 있어 읽을 수 없습니다."
TOO_MANY_PIXELS = "사진은 5천만 화소까지 올릴 수 있습니다."


def cut_off(kind: str) -> SimpleUploadedFile:
    noise = Image.effect_noise((300, 300), 90).convert("RGB")
    data = upload(noise, kind).read()
    return SimpleUploadedFile("cut.jpg", data[: len(data) // 2])


REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    "gif": (lambda: upload(half_red(), "GIF", "photo.jpg"), ONLY_PICTURES),
    "bmp": (lambda: upload(half_red(), "BMP", "photo.jpg"), ONLY_PICTURES),
    "tiff": (lambda: upload(half_red(), "TIFF", "photo.jpg"), ONLY_PICTURES),
    "svg": (
        lambda: SimpleUploadedFile(
            "a.svg",
            b'<svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>",
            "image/svg+xml",
        ),
        ONLY_PICTURES,
    ),
    "html": (lambda: SimpleUploadedFile("a.jpg", SCRIPT, "image/jpeg"), ONLY_PICTURES),
    "gif and script": (
        lambda: SimpleUploadedFile("a.jpg", b"GIF89a/*" + SCRIPT, "image/jpeg"),
        ONLY_PICTURES,
    ),
    "postscript": (
        lambda: SimpleUploadedFile("a.jpg", b"%!PS-Adobe-3.0 EPSF-3.0\n", "image/jpeg"),
        ONLY_PICTURES,
    ),
    "jpeg in its first bytes": (
        lambda: SimpleUploadedFile("a.jpg", b"\xff\xd8\xff\xe0" + SCRIPT, "image/jpeg"),
        BROKEN,
    ),
    "webp in its first bytes": (
        lambda: SimpleUploadedFile("a.webp", b"RIFF\x10\0\0\0WEBPVP8 " + SCRIPT, "image/webp"),
        BROKEN,
    ),
    "cut jpeg": (lambda: cut_off("JPEG"), BROKEN),
    "cut png": (lambda: cut_off("PNG"), BROKEN),
    "cut webp": (lambda: cut_off("WEBP"), BROKEN),
    "bomb": (lambda: png_bomb(60_000, 60_000), TOO_MANY_PIXELS),
    "small bomb": (lambda: png_bomb(7_300, 7_300), TOO_MANY_PIXELS),
    "picture that its file does not fill": (lambda: png_bomb(7_000, 7_000), BROKEN),
    "too large": (
        lambda: SimpleUploadedFile("a.jpg", upload(half_red()).read().ljust(6 * MEGABYTE, b"\0")),
        "사진은 5 MB까지 올릴 수 있습니다. 이 파일은 6.0 MB입니다.",
    ),
    "a little too large": (
        lambda: SimpleUploadedFile(
            "a.jpg", upload(half_red()).read().ljust(5 * MEGABYTE + 1, b"\0")
        ),
        "사진은 5 MB까지 올릴 수 있습니다. 이 파일은 5.1 MB입니다.",
    ),
    "empty": (lambda: SimpleUploadedFile("a.jpg", b"", "image/jpeg"), "빈 파일입니다."),
    "no file": (lambda: "", "올릴 사진 파일을 먼저 골라 주세요."),
    "words": (lambda: "사진", "올릴 사진 파일을 먼저 골라 주세요."),
}


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
@pytest.mark.parametrize(("made", "words"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_photo_is_refused(
    client: Client,
    resume: Resume,
    folder: Path,
    made: Callable[[], object],
    words: str,
    headers: dict[str, str],
) -> None:
    send(client, resume, upload(half_red()))
    [before], photo = stored(folder), File.objects.get()

    response = send(client, resume, made(), **headers)

    assertContains(response, words)
    assertContains(response, 'aria-invalid="true"', count=1)
    assert stored(folder) == [before]
    assert File.objects.get() == photo
    assert shown(client, resume).size == (80, 40)


def test_five_megabytes_are_not_too_many(client: Client, resume: Resume) -> None:
    data = upload(half_red()).read().ljust(5 * MEGABYTE, b"\0")

    assert send(client, resume, SimpleUploadedFile("a.jpg", data)).status_code == 302


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_damage_anywhere_is_borne(client: Client, resume: Resume, kind: str) -> None:
    """Whatever bytes arrive, the answer is a photo or a refusal."""
    chance = random.Random(kind)
    whole = upload(half_red((64, 48)), kind, exif=camera_exif()).read()

    for _try in range(150):
        data = bytearray(whole)
        for _damage in range(chance.randint(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        del data[chance.randint(len(data) // 4, len(data) * 2) :]
        response = send(client, resume, SimpleUploadedFile("a.jpg", bytes(data)), **HTMX)
        assert response.status_code == 200


def test_storage_that_is_away_is_told_of(client: Client, resume: Resume, folder: Path) -> None:
    folder.write_bytes(b"in the way")

    response = send(client, resume, upload(half_red()))

    assertContains(response, "사진을 저장할 곳에 연결하지 못했습니다.")
    assert not File.objects.exists()
    assertNotContains(client.get(f"/resumes/{resume.pk}/edit/"), "<img")


def test_a_row_that_cannot_be_written_leaves_no_bytes(
    client: Client, resume: Resume, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("the database is away")

    monkeypatch.setattr(File.objects, "create", fail)
    with pytest.raises(RuntimeError):
        send(client, resume, upload(half_red()))

    assert stored(folder) == []
