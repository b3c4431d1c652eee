"""A pretended server on a port of this machine, which can be made to misbehave."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread

from twoway.connectors.contract.fake import Fake, Reply, Request

Fault = Callable[[Request, Reply], Reply | None]
"""What a misbehaving server answers in place of its own answer; None for its own."""


class Served:
    """A fake behind a real port. `fault` misbehaves; `asked` are the requests so far."""

    def __init__(self, fake: Fake) -> None:
        self.fake = fake
        self.fault: Fault | None = None
        self.asked: list[Request] = []
        self._lock = Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True

    @property
    def host(self) -> str:
        """Where it is: "127.0.0.1:PORT"."""
        return f"127.0.0.1:{self._server.server_port}"

    def answer(self, request: Request) -> Reply:
        """Let the fake answer, one request at a time, and misbehave where asked to."""
        with self._lock:
            self.asked.append(request)
            reply = self.fake.answer(request)
            return (self.fault and self.fault(request, reply)) or reply

    @contextmanager
    def running(self) -> Iterator["Served"]:
        """Serve until the end of the `with`."""
        thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            thread.join()
            self._server.server_close()


def _handler(served: Served) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _handle(self) -> None:
            length = int(self.headers.get("content-length", 0))
            body = self.rfile.read(length)
            if len(body) < length:
                raise ConnectionError  # cut off: nothing is done
            headers = {name.lower(): text for name, text in self.headers.items()}
            request = Request(method=self.command, target=self.path, headers=headers, body=body)
            reply = served.answer(request)
            self.send_response_only(reply.status)
            if "date" not in reply.headers:
                self.send_header("date", self.date_time_string())
            for name, text in reply.headers.items():
                self.send_header(name, text)
            self.send_header("content-length", str(len(reply.body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(reply.body)

        do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = do_HEAD = _handle  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing: the tests speak for themselves."""

        def handle(self) -> None:
            try:
                super().handle()
            except (ConnectionError, ValueError):
                return  # cut off on purpose

    return Handler
