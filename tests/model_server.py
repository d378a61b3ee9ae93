"""A language model's server for tests: real HTTP, OpenAI's chat completions, made-up answers.

In a test:

    with ModelServer(busy(2)) as server:
        settings.OPENAI_BASE_URL = server.url

On its own: `python -m tests.model_server --port 9000 --behaviour slow --delay 10`
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from tests.model_obeying import holds_order, obedient, outside_of_the_data, without_orders
from tests.model_rewriting import rewriting

Json = dict[str, Any]

DEEP = 8

REFUSAL = "죄송하지만 이 요청은 도와드릴 수 없습니다."
PROSE = "네, 이력서를 잘 읽었습니다. 전반적으로 훌륭한 이력서라고 생각합니다!"
INVENTED_QUOTES = (
    "전 세계 3억 명이 쓰는 검색 엔진을 혼자 설계했습니다",
    "NASA 화성 탐사선의 비행 소프트웨어를 총괄했습니다",
    "매출을 9,800% 끌어올려 올해의 직원으로 뽑혔습니다",
)


def _pieces(text: str) -> list[str]:
    return [text[start : start + 40] for start in range(0, len(text), 40)]


def _words(text: str) -> list[str]:
    return re.findall(r"\S+\s*|\s+", text)


@dataclass(frozen=True)
class RecordedRequest:
    """A request as it came in. Header names are in lower case; `body` is {} for a GET."""

    method: str
    path: str
    headers: dict[str, str]
    body: Json


@dataclass(frozen=True)
class Exchange:
    """One completion request, and the ways a behaviour can answer it."""

    body: Json
    handler: _Handler
    closing: threading.Event

    def wait(self, seconds: float) -> bool:
        """Wait; return False if the server closes meanwhile and no answer is wanted any more."""
        return not self.closing.wait(seconds)

    def answer(self, text: str, *, finish_reason: str = "stop") -> None:
        """Send a completion with this text, streamed if the request asks for it."""
        if self.body.get("stream"):
            self.handler.send_events(self._chunks({"content": text}, finish_reason))
        else:
            self.handler.send_json(200, self._completion(text, finish_reason=finish_reason))

    def speak(self, text: str, before_each: Callable[[], object]) -> None:
        """Stream a text word by word; `before_each` word something may be waited for."""
        chunks = self._chunks({"content": text}, "stop", cut=_words)

        def spoken() -> Iterator[Json]:
            for chunk in chunks:
                before_each()
                yield chunk

        self.handler.send_events(spoken())

    def refuse(self) -> None:
        """Send a completion with a refusal in place of content."""
        if self.body.get("stream"):
            self.handler.send_events(self._chunks({"refusal": REFUSAL}, "stop"))
        else:
            self.handler.send_json(200, self._completion(None, refusal=REFUSAL))

    def fail(self, status: int, message: str, headers: dict[str, str] | None = None) -> None:
        """Send an error as OpenAI words them."""
        error = {"message": message, "type": "server_error", "param": None, "code": None}
        self.handler.send_json(status, {"error": error}, headers or {})

    def break_off(self, text: str) -> None:
        """Promise the whole answer, send half of it and close the connection."""
        if self.body.get("stream"):
            chunks = list(self._chunks({"content": text}, "stop"))
            self.handler.send_events(chunks[: len(chunks) // 2], finish=False)
        else:
            body = json.dumps(self._completion(text)).encode()
            self.handler.send_head(200, {"Content-Length": str(len(body))})
            self.handler.wfile.write(body[: len(body) // 2])
        self.handler.close_connection = True

    def drip(self, interval: float, *, headers: bool = False) -> None:
        """Send one byte every `interval` seconds without end, of the headers or of the body."""
        if headers:
            self.handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Padding: ")
        else:
            # White space may precede JSON, so that no reader can tell this is not an answer yet.
            self.handler.send_head(200, {"Content-Length": "1000000000"})
        self.handler.close_connection = True
        while self.wait(interval):
            self.handler.wfile.write(b"." if headers else b" ")

    def _usage(self, text: str) -> Json:
        asked = sum(len(str(message.get("content"))) for message in self.body.get("messages", []))
        prompt_tokens, completion_tokens = max(1, asked // 2), max(1, len(text) // 2)
        return {
            "prompt_tokens": prompt_tokens,
            "completion_tokens": completion_tokens,
            "total_tokens": prompt_tokens + completion_tokens,
        }

    def _head(self, kind: str) -> Json:
        model = self.body.get("model", "test-model")
        return {"id": "chatcmpl-test", "object": kind, "created": int(time.time()), "model": model}

    def _completion(
        self, text: str | None, *, refusal: str | None = None, finish_reason: str = "stop"
    ) -> Json:
        message = {"role": "assistant", "content": text, "refusal": refusal}
        return {
            **self._head("chat.completion"),
            "choices": [
                {"index": 0, "message": message, "logprobs": None, "finish_reason": finish_reason}
            ],
            "usage": self._usage(text or refusal or ""),
        }

    def _chunks(
        self,
        delta: dict[str, str],
        finish_reason: str,
        cut: Callable[[str], list[str]] = _pieces,
    ) -> Iterator[Json]:
        head = self._head("chat.completion.chunk")

        def chunk(part: Json, reason: str | None = None) -> Json:
            return {**head, "choices": [{"index": 0, "delta": part, "finish_reason": reason}]}

        yield chunk({"role": "assistant"})
        for name, text in delta.items():
            for piece in cut(text):
                yield chunk({name: piece})
        yield chunk({}, finish_reason)
        if (self.body.get("stream_options") or {}).get("include_usage"):
            yield {**head, "choices": [], "usage": self._usage("".join(delta.values()))}


Behaviour = Callable[[Exchange], None]


def well(exchange: Exchange) -> None:
    """Answer as asked: a review that quotes the résumé, or a small instance of another schema."""
    exchange.answer(good_answer(exchange.body))


def refuses(exchange: Exchange) -> None:
    """Refuse to answer."""
    exchange.refuse()


def drips(exchange: Exchange) -> None:
    """Send one byte of the body a second, forever."""
    exchange.drip(1.0)


def drips_headers(exchange: Exchange) -> None:
    """Send one byte of a header a second, forever."""
    exchange.drip(1.0, headers=True)


def slow(seconds: float) -> Behaviour:
    """Answer well after so many seconds."""

    def behave(exchange: Exchange) -> None:
        if exchange.wait(seconds):
            well(exchange)

    return behave


def speaks(interval: float, text: str = PROSE) -> Behaviour:
    """Stream a text word by word where the request asks for a stream; answer others well."""

    def behave(exchange: Exchange) -> None:
        if exchange.body.get("stream"):
            exchange.speak(text, before_each=lambda: exchange.wait(interval))
        else:
            well(exchange)

    return behave


def failing(times: int, status: int = 500) -> Behaviour:
    """Answer so many requests with an error, and then well."""
    return _first(times, lambda exchange: exchange.fail(status, "The server had an error"))


def busy(times: int, retry_after: float | None = None) -> Behaviour:
    """Answer so many requests with 429 (and Retry-After in seconds), and then well."""
    headers = {} if retry_after is None else {"Retry-After": f"{retry_after:g}"}
    return _first(times, lambda exchange: exchange.fail(429, "Rate limit reached", headers))


def breaks_off(times: int) -> Behaviour:
    """Close the connection in the middle of so many answers, and then answer well."""
    return _first(times, lambda exchange: exchange.break_off(good_answer(exchange.body)))


def prose(times: int) -> Behaviour:
    """Answer so many requests with prose in place of JSON, and then well."""
    return _first(times, lambda exchange: exchange.answer(PROSE))


def truncated(times: int) -> Behaviour:
    """Cut so many answers at the token limit, and then answer well."""

    def behave(exchange: Exchange) -> None:
        text = good_answer(exchange.body)
        exchange.answer(text[: len(text) // 2], finish_reason="length")

    return _first(times, behave)


def invents_quotes(times: int) -> Behaviour:
    """Mix quotes that stand nowhere in the résumé into so many reviews, and then answer well."""

    def behave(exchange: Exchange) -> None:
        answer = json.loads(good_answer(exchange.body))
        for content, quote in zip(answer.get("contents", [])[::2], INVENTED_QUOTES, strict=False):
            content["quote"] = quote
        exchange.answer(json.dumps(answer, ensure_ascii=False))

    return _first(times, behave)


def invents_facts(exchange: Exchange) -> None:
    """Rewrite a résumé with facts that it does not hold, and answer other requests well."""
    task = _task(exchange.body)
    if "remarks" in task:
        exchange.answer(json.dumps(rewriting(task, invent=True), ensure_ascii=False))
    else:
        well(exchange)


@dataclass
class Obeys:
    """Obey an order wherever it stands but in the data of the prompt; otherwise answer well.

    Orders in the data are read past. `obeyed` holds what was said to the model where it obeyed.
    """

    obeyed: list[str] = field(default_factory=list)
    said: list[Json] = field(default_factory=list)

    def __call__(self, exchange: Exchange) -> None:
        outside = outside_of_the_data(exchange.body.get("messages", []), self.said)
        answer = self._honest(exchange.body)
        if holds_order(outside):
            self.obeyed.append(outside)
            exchange.answer(obedient(answer, outside))
        else:
            self.say(exchange, answer)

    def say(self, exchange: Exchange, answer: Json) -> None:
        """Give this answer, and know it again as one of its own."""
        self.said.append(answer)
        exchange.answer(json.dumps(answer, ensure_ascii=False))

    def _honest(self, body: Json) -> Json:
        task = without_orders(_task(body))
        asked = {"role": "user", "content": json.dumps(task, ensure_ascii=False)}
        answer: Json = json.loads(good_answer({**body, "messages": [asked]}))
        if "match" in task:
            answer["matching_rate"] = task["match"]["rate"]
        if "posting" in task and "facts" in task and "duties" in answer:
            answer = _copied(task["facts"], into=answer)
        return answer


def _copied(facts: Json, *, into: Json) -> Json:
    """Return the answer of a reader of postings who finds what the rules found."""
    interpreted = ("employment_type", "deadline", "url", "hiring_process")
    answer: Json = {}
    for name, example in into.items():
        empty: str | list[str] = [] if isinstance(example, list) else ""
        found = empty if name in interpreted else facts.get(name, empty)
        if isinstance(example, list) and isinstance(found, str):
            found = found.splitlines()
        answer[name] = found
    return answer


def _first(times: int, behaviour: Behaviour) -> Behaviour:
    served = itertools.count(1)

    def behave(exchange: Exchange) -> None:
        (behaviour if next(served) <= times else well)(exchange)

    return behave


@dataclass(frozen=True)
class Options:
    """What a behaviour that is asked for by name is made with."""

    delay: float = 10.0
    times: int = 1
    retry_after: float | None = None


BY_NAME: dict[str, Callable[[Options], Behaviour]] = {
    "well": lambda options: well,
    "slow": lambda options: slow(options.delay),
    "speaks": lambda options: speaks(options.delay),
    "busy": lambda options: busy(options.times, options.retry_after),
    "failing": lambda options: failing(options.times),
    "breaks_off": lambda options: breaks_off(options.times),
    "prose": lambda options: prose(options.times),
    "truncated": lambda options: truncated(options.times),
    "invents_quotes": lambda options: invents_quotes(options.times),
    "invents_facts": lambda options: invents_facts,
    "obeys": lambda options: Obeys(),
    "drips": lambda options: drips,
    "drips_headers": lambda options: drips_headers,
    "refuses": lambda options: refuses,
}


def good_answer(body: Json) -> str:
    """Return the text that answers a request well: JSON that fits the schema it names."""
    response_format = body.get("response_format") or {}
    schema = (response_format.get("json_schema") or {}).get("schema")
    if not schema:
        return PROSE
    answer = _instance(schema, schema)
    if {"overall", "contents"} <= schema.get("properties", {}).keys():
        answer = {**answer, **_review(_task(body), template=answer["contents"][0])}
    if "new_entries" in schema.get("properties", {}):
        answer = rewriting(_task(body))
    return json.dumps(answer, ensure_ascii=False)


def _task(body: Json) -> Json:
    """Return what the first user message that is a JSON object says."""
    for message in body.get("messages", []):
        if message.get("role") == "user":
            with suppress(ValueError, TypeError):
                task = json.loads(message["content"])
                if isinstance(task, dict):
                    return task
    return {}


def _review(task: Json, *, template: Json) -> Json:
    resume = task.get("resume") or {}
    english = task.get("language") == "en"
    remarks = (
        ("1", "강점이 구체적으로 드러납니다.", "This shows a concrete strength."),
        ("2", "성과를 수치로 보여 주면 더 좋습니다.", "A figure would make this stronger."),
        ("3", "이 경험에서 배운 점을 덧붙여 보세요.", "Add what you learned from this."),
    )
    quotes = list(_quotes(resume))
    contents = []
    for place in range(min(9, max(len(remarks), len(quotes)))):
        division, korean, other = remarks[place % len(remarks)]
        # Only an empty section is spoken about without a quote.
        section, quote = quotes[place % len(quotes)] if quotes else ("introduction", "")
        remark = {"division": division, "section": section, "quote": quote}
        contents.append({**template, **remark, "result": other if english else korean})
    overall = "A sound résumé." if english else "기본기가 탄탄한 이력서입니다."
    return {"overall": overall, "contents": contents}


def _quotes(resume: Json) -> Iterator[tuple[str, str]]:
    """Yield (section, sentence), taking turns between sections; every sentence stands in it."""
    passages: dict[str, list[str]] = {"introduction": [resume.get("introduction") or ""]}
    for section in ("experiences", "projects", "activities"):
        entries = resume.get(section) or []
        passages[section] = [entry.get("description") or "" for entry in entries]
    sentences = [
        [(section, sentence) for text in texts for sentence in _sentences(text)]
        for section, texts in passages.items()
    ]
    for row in itertools.zip_longest(*sentences):
        yield from filter(None, row)


def _sentences(text: str) -> list[str]:
    parts = (part.strip(" \t\r-•·*") for part in re.split(r"\n|(?<=[.!?])\s", text))
    return [part[:300] for part in parts if len(part) >= 4]


def _instance(schema: Json, root: Json, depth: int = 0) -> Any:
    """Return a small value that fits a JSON schema of the kind Pydantic writes."""
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    if part := _part_in_its_place(schema, root, depth):
        return _instance(part, root, depth + 1)
    match schema.get("type"):
        case "object":
            properties = schema.get("properties", {})
            return {name: _instance(part, root, depth + 1) for name, part in properties.items()}
        case "array":
            length = max(schema.get("minItems", 0), 0 if depth > DEEP else 1)
            return [_instance(schema["items"], root, depth + 1) for _ in range(length)]
        case "integer" | "number":
            low = schema.get("minimum", schema.get("exclusiveMinimum", 0) + 1)
            return min(low, schema.get("maximum", low))
        case "string":
            return _example_string(schema)
    return True if schema.get("type") == "boolean" else None


def _part_in_its_place(schema: Json, root: Json, depth: int) -> Json | None:
    """Return the schema that stands for this one, if it is a reference or a union."""
    if "$ref" in schema:
        part = root
        for step in schema["$ref"].removeprefix("#/").split("/"):
            part = part[step]
        return part
    for union in ("anyOf", "oneOf", "allOf"):
        if union in schema:
            parts: list[Json] = schema[union]
            # Where recursion could go on without end, null is the way out.
            return min(parts, key=lambda part: (part.get("type") == "null") != (depth > DEEP))
    return None


def _example_string(schema: Json) -> str:
    formats = {"date": "2024-01-01", "date-time": "2024-01-01T00:00:00Z", "uri": "https://a.kr"}
    text = formats.get(schema.get("format", ""), "예시 답변").ljust(schema.get("minLength", 0), ".")
    return text[: schema.get("maxLength", len(text))]


class _Server(ThreadingHTTPServer):
    # Hundreds may connect in the same instant, and the default backlog of 5 would drop them.
    request_queue_size = 512
    daemon_threads = True
    block_on_close = False

    def __init__(self, port: int, owner: ModelServer) -> None:
        self.owner = owner
        self._open: set[socket.socket] = set()
        self._open_lock = threading.Lock()
        super().__init__(("127.0.0.1", port), _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._open_lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._open_lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def close_connections(self) -> None:
        """Close what clients keep alive: they must not reach this server through a later one."""
        with self._open_lock:
            for connection in self._open:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        # A client that gives up is what many tests are about.
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._record({})
        if self.path == "/v1/models":
            model = {"id": "test-model", "object": "model", "created": 0, "owned_by": "tests"}
            self.send_json(200, {"object": "list", "data": [model]})
        else:
            self.send_json(404, {"error": {"message": "Not found"}})

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        try:
            body = json.loads(raw)
        except ValueError:
            body = None
        if not isinstance(body, dict):
            self.send_json(400, {"error": {"message": "The body is not a JSON object"}})
            return
        self._record(body)
        if self.path != "/v1/chat/completions":
            self.send_json(404, {"error": {"message": "Not found"}})
            return
        owner = self.server.owner
        owner.respond(Exchange(body, self, owner.closing))

    def send_head(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def send_json(self, status: int, body: Json, headers: dict[str, str] | None = None) -> None:
        data = json.dumps(body, ensure_ascii=False).encode()
        self.send_head(status, {"Content-Length": str(len(data)), **(headers or {})})
        self.wfile.write(data)

    def send_events(self, events: Iterator[Json] | list[Json], *, finish: bool = True) -> None:
        self.send_head(200, {"Content-Type": "text/event-stream", "Transfer-Encoding": "chunked"})
        for event in events:
            self._send_chunk(f"data: {json.dumps(event, ensure_ascii=False)}\n\n".encode())
        if finish:
            self._send_chunk(b"data: [DONE]\n\n")
            self._send_chunk(b"")

    def _send_chunk(self, data: bytes) -> None:
        self.wfile.write(b"%x\r\n%b\r\n" % (len(data), data))

    def _record(self, body: Json) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.owner.record(RecordedRequest(self.command, self.path, headers, body))

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Keep quiet: what came in is in `ModelServer.requests`."""


@dataclass
class ModelServer:
    """Serves on a free port of the loopback interface while its `with` block runs.

    `behaviour` (a function, or a name of BY_NAME) may be set at any time. `requests` holds what
    came in, in order.
    """

    behaviour: Behaviour | str = well
    port: int = 0
    options: Options = Options()
    requests: list[RecordedRequest] = field(default_factory=list, init=False)
    closing: threading.Event = field(default_factory=threading.Event, init=False)

    def __enter__(self) -> Self:
        self._named: dict[str, Behaviour] = {}
        self._lock = threading.Lock()
        self._server = _Server(self.port, self)
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.close_connections()
        self._server.server_close()

    @property
    def url(self) -> str:
        """The address to give to a client: its paths start at /v1."""
        return f"http://127.0.0.1:{self.port}/v1"

    def respond(self, exchange: Exchange) -> None:
        """Let the present behaviour answer."""
        behaviour = self.behaviour
        if isinstance(behaviour, str):
            with self._lock:
                # Made once, so that one that counts goes on counting.
                if behaviour not in self._named:
                    self._named[behaviour] = BY_NAME[behaviour](self.options)
                behaviour = self._named[behaviour]
        behaviour(exchange)

    def record(self, request: RecordedRequest) -> None:
        """Remember what came in."""
        with self._lock:
            self.requests.append(request)


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m tests.model_server", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--behaviour", choices=BY_NAME, default="well")
    parser.add_argument("--delay", type=float, default=10.0, help="seconds, for slow and speaks")
    parser.add_argument("--times", type=int, default=1, help="for those that turn well in the end")
    parser.add_argument("--retry-after", type=float, default=None, help="seconds, for busy")
    given = parser.parse_args()
    options = Options(given.delay, given.times, given.retry_after)
    with ModelServer(given.behaviour, given.port, options) as server:
        sys.stdout.write(f"{server.url}\n")
        sys.stdout.flush()
        with suppress(KeyboardInterrupt):
            threading.Event().wait()


if __name__ == "__main__":
    main()
