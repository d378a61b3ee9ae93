"""People and programs that go on using the site, and note what they were promised."""

from __future__ import annotations

import io
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from types import TracebackType
from typing import Any, NamedTuple, Self
from uuid import uuid4

import httpx2

from resumes.tests.pictures import half_red
from tests.faults.system import System
from tests.processes import wait_until
from tests.reliability import Outcome

PASSWORD = "a-long-passphrase-42"
PAUSE_SECONDS = 0.1
# What is well for so long is then broken.
BEFORE_SECONDS = 1.0
# Nobody waits longer for an answer.
PATIENCE_SECONDS = 30.0
SETTLE_SECONDS = 40.0
NO_CONNECTION = 0
# The row of each kind of job, and the column that names what was accepted.
JOBS = {
    "resume_feedbacks": ("feedback_resumefeedback", "feedback_id"),
    "interviews": ("interviews_interviewturn", "interview_id"),
    "exports": ("exports_resumeexport", "export_id"),
}


class Tokens(NamedTuple):
    """What a sign-in gives."""

    access: str
    refresh: str


@dataclass(frozen=True)
class Answer:
    """What came of one request: when it was sent, how long it took, and its status."""

    kind: str
    sent: float
    seconds: float
    status: int

    @property
    def is_success(self) -> bool:
        """Whether it did what was asked."""
        return 200 <= self.status < 300


@dataclass
class Load:
    """Threads that use the site inside of the block; afterwards, what they were promised."""

    system: System
    url: str = ""
    answers: list[Answer] = field(default_factory=list)
    # The titles of the résumés that were acknowledged, by id; and those with a photo.
    written: dict[int, str] = field(default_factory=dict)
    photos: set[int] = field(default_factory=set)
    # The jobs that were accepted, as (kind, id), and the résumé of each.
    accepted: dict[tuple[str, int], int] = field(default_factory=dict)
    # Answers of a form that nobody should get.
    unfit: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        self.url = self.url or self.system.url
        self.email = f"{uuid4().hex}@example.com"
        self._cookies = self._sign_up()
        self._token = self.sign_in().access
        self._ended = threading.Event()
        uses = [self._write, self._write, self._ask, self._ask, self._read, self._browse]
        self._threads = [
            threading.Thread(target=self._go_on, args=(use,), daemon=True)
            for use in [*uses, self._upload]
        ]
        for thread in self._threads:
            thread.start()
        wait_until(lambda: self.kinds() <= self.succeeded(), 30)
        time.sleep(BEFORE_SECONDS)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join()

    # ── What they do ──────────────────────────────────────────────────────────────────────────────

    def _sign_up(self) -> dict[str, str]:
        with self._client() as client:
            form = client.get("/accounts/signup/").text
            [csrf, *_others] = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', form)
            fields = {"email": self.email, "password1": PASSWORD, "consent": "on"}
            fields["csrfmiddlewaretoken"] = csrf
            client.post("/accounts/signup/", data=fields).raise_for_status()
            return dict(client.cookies)

    def sign_in(self) -> Tokens:
        """Return new tokens."""
        given = {"email": self.email, "password": PASSWORD}
        with self._client() as client:
            issued = client.post("/api/auth/token", json=given).raise_for_status().json()
        return Tokens(issued["access_token"], issued["refresh_token"])

    def status(self, method: str, path: str, token: str, **options: Any) -> int:
        """Return what is answered to a token."""
        with self.api(token) as client:
            return client.request(method, path, **options).status_code

    def _client(self, **options: Any) -> httpx2.Client:
        return httpx2.Client(
            base_url=self.url,
            trust_env=False,
            timeout=PATIENCE_SECONDS,
            follow_redirects=True,
            **options,
        )

    def api(self, token: str = "") -> httpx2.Client:
        """Return a client that shows a token, by default the first one."""
        return self._client(headers={"Authorization": f"Bearer {token or self._token}"})

    def browser(self) -> httpx2.Client:
        """Return a client that is signed in to the pages."""
        return self._client(cookies=self._cookies)

    def _go_on(self, use: Callable[[httpx2.Client], None]) -> None:
        browses = use == self._browse
        with self.browser() if browses else self.api() as client:
            while not self._ended.wait(PAUSE_SECONDS):
                use(client)

    def _send(
        self, kind: str, client: httpx2.Client, method: str, path: str, **options: Any
    ) -> httpx2.Response | None:
        """Send a request; return its answer where it did what was asked."""
        sent = time.monotonic()
        try:
            response = client.request(method, path, **options)
        except httpx2.HTTPError:
            self.answers.append(Answer(kind, sent, time.monotonic() - sent, NO_CONNECTION))
            return None
        answer = Answer(kind, sent, time.monotonic() - sent, response.status_code)
        self.answers.append(answer)
        if not answer.is_success and (fault := unfitness(path, response)):
            self.unfit.append(f"{method} {path}: {fault}")
        return response if answer.is_success else None

    def _write(self, client: httpx2.Client, kind: str = "write") -> int | None:
        resume = {"title": uuid4().hex, "name": "김지수", "introduction": INTRODUCTION}
        response = self._send(kind, client, "POST", "/api/resumes/", json=resume)
        if response is None:
            return None
        resume_id: int = response.json()["resume_id"]
        self.written[resume_id] = resume["title"]
        return resume_id

    def _ask(self, client: httpx2.Client) -> None:
        """Ask for jobs of all kinds, as often as it takes: the key makes sure that it is once."""
        resume = self._write(client)
        if resume is None:
            return
        self._ask_until_accepted(
            client, "resume_feedbacks", f"/api/resume_feedbacks/standard/{resume}", resume
        )
        self._ask_until_accepted(
            client, "interviews", "/api/interviews/", resume, json={"resume_id": resume}
        )
        self._ask_until_accepted(
            client, "exports", f"/api/resumes/{resume}/exports", resume, json={"format": "json"}
        )

    def _ask_until_accepted(
        self, client: httpx2.Client, kind: str, path: str, resume: int, **options: Any
    ) -> None:
        key = {"Idempotency-Key": uuid4().hex}
        while not self._ended.is_set():
            if response := self._send("job", client, "POST", path, headers=key, **options):
                self.accepted[kind, response.json()[JOBS[kind][1]]] = resume
                return
            self._ended.wait(PAUSE_SECONDS)

    def _read(self, client: httpx2.Client) -> None:
        self._send("read", client, "GET", "/api/resumes/?page_size=5")
        self._send("read", client, "GET", "/api/codes/")

    def _browse(self, client: httpx2.Client) -> None:
        response = self._send("page", client, "GET", "/resumes/")
        if response is not None and response.url.path != "/resumes/":
            self.unfit.append(f"the session was lost: {response.url}")

    def _upload(self, client: httpx2.Client) -> None:
        resume = self._write(client)
        if resume is None:
            return
        files = {"photo": ("photo.jpg", PHOTO, "image/jpeg")}
        if self._send("upload", client, "POST", f"/api/resumes/{resume}/photo", files=files):
            self.photos.add(resume)

    # ── What came of it ───────────────────────────────────────────────────────────────────────────

    @staticmethod
    def kinds() -> set[str]:
        """Return the kinds of requests."""
        return {"write", "job", "read", "page", "upload"}

    def succeeded(self, since: float = 0.0) -> set[str]:
        """Return the kinds of requests of which one, sent since then, did what was asked."""
        return {one.kind for one in list(self.answers) if one.is_success and one.sent >= since}

    def statuses(self, *kinds: str) -> Counter[int]:
        """Return how often each status was answered."""
        return Counter(one.status for one in self.answers if not kinds or one.kind in kinds)

    def wait_for_recovery(self, since: float, seconds: float = 30) -> float:
        """Wait until every kind of request succeeds again; return how long the last one took."""
        wait_until(lambda: self.kinds() <= self.succeeded(since), seconds)
        return max(
            min(
                one.sent + one.seconds
                for one in list(self.answers)
                if one.kind == kind and one.is_success and one.sent >= since
            )
            - since
            for kind in self.kinds()
        )

    def _settle(self) -> None:
        """Wait until all accepted jobs have ended. Raises TimeoutError."""
        try:
            wait_until(lambda: not {"queued", "running"} & set(self.jobs()), SETTLE_SECONDS)
        except TimeoutError:
            said = [one.words[-5_000:] for one in (self.system.worker, self.system.beat)]
            raise TimeoutError("\n".join([f"open: {self.jobs()}", *said])) from None

    def refused(self, *kinds: str) -> int:
        """Return how many requests were answered that it does not go now."""
        return self.statuses(*kinds)[503]

    def report(self, outcome: Outcome, what: str, happened: str, let_in: int = 0) -> None:
        """Hold the system to what it promised, once all is well again."""
        self._settle()
        jobs = self.jobs()
        assert self.unfit == []
        assert self.begun_twice() == 0
        assert self.system.backing.stored() <= self.system.known_keys()
        assert jobs["done"] > 0
        ended = ", ".join(f"{number} {status}" for status, number in sorted(jobs.items()))
        if jobs["failed"]:
            ended += f" ({', '.join(sorted(self._errors()))})"
        outcome(
            f"{what} (requests)",
            tried=len(self.answers),
            happened=f"{happened}; jobs accepted {len(self.accepted)}: {ended}",
            lost=len(self.lost()),
            let_in=let_in,
        )

    def jobs(self) -> Counter[str]:
        """Return how many of the accepted jobs stand where; those without a row are "lost"."""
        found: Counter[str] = Counter()
        for accepted, rows in self._rows():
            found.update(status for _number, status, _error in rows)
            found["lost"] += len(accepted - {number for number, _status, _error in rows})
        return +found

    def _errors(self) -> set[str]:
        """Return why accepted jobs have failed."""
        return {
            error or "no reason"
            for _accepted, rows in self._rows()
            for _number, status, error in rows
            if status == "failed"
        }

    def _rows(self) -> Iterator[tuple[set[int], list[tuple[Any, ...]]]]:
        """Yield, for each kind, which jobs were accepted, and number, status and error of each."""
        for kind, (table, column) in JOBS.items():
            accepted = {number for of, number in list(self.accepted) if of == kind}
            rows = self.system.backing.rows(
                f"SELECT {column}, status, error FROM {table} WHERE {column} = ANY(%s)",  # noqa: S608
                list(accepted),
            )
            yield accepted, rows

    def begun_twice(self) -> int:
        """Return how many jobs were begun a second time for the same request."""
        resumes = list(self.accepted.values())
        more = "count(*) - count(DISTINCT resume_id)"
        [(begun_twice,)] = self.system.backing.rows(
            f"SELECT (SELECT {more} FROM feedback_resumefeedback WHERE resume_id = ANY(%s))"  # noqa: S608
            f" + (SELECT {more} FROM interviews_interview WHERE resume_id = ANY(%s))",
            resumes,
            resumes,
        )
        return int(begun_twice)

    def lost(self) -> list[str]:
        """Return what was acknowledged and is not found: résumés, photos, jobs."""
        with self.api() as client:
            found = self._titles(client)
            gone = [
                f"résumé {number}"
                for number, title in self.written.items()
                if found.get(number) != title
            ]
            gone += [
                f"photo {number}"
                for number in self.photos
                if client.get(f"/api/resumes/{number}/photo").status_code != 200
            ]
        return gone + ["job"] * self.jobs()["lost"]

    def _titles(self, client: httpx2.Client) -> dict[int, str]:
        found: dict[int, str] = {}
        for page in count(1):
            listed = client.get("/api/resumes/", params={"page": page, "page_size": 100}).json()
            found.update((one["resume_id"], one["title"]) for one in listed["results"])
            if page * listed["page_size"] >= listed["count"]:
                break
        return found


def unfitness(path: str, response: httpx2.Response) -> str:
    """Return what is wrong with an answer that refuses, or an empty text."""
    status, kind = response.status_code, response.headers.get("Content-Type", "")
    if status >= 500 and status != 503:
        return f"{status}: {response.text[:200]}"
    if status == 503 and not response.headers.get("Retry-After", "").isdecimal():
        return "503 without Retry-After"
    if path.startswith("/api/"):
        if kind != "application/problem+json" or response.json()["status"] != status:
            return f"{status} {kind}"
    elif status >= 500 and ("<main" not in response.text or "Traceback" in response.text):
        return f"{status}: no page"
    return "" if status == 503 else f"{status}: {response.text[:200]}"


def _photo() -> bytes:
    written = io.BytesIO()
    half_red().save(written, "JPEG")
    return written.getvalue()


PHOTO = _photo()
INTRODUCTION = "고객 문의를 하루 40건 처리하며 응답 시간을 30% 줄였습니다."
