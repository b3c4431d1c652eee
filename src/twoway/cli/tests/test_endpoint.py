"""A bigger model at an address somebody names: a server on this machine stands in for it."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from click.testing import CliRunner

from twoway.cli.language import command


class _Model(BaseHTTPRequestHandler):
    """Calls everything a complaint; keeps what it was asked."""

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.server.asked.append((self.path, self.headers.get("authorization"), body))
        texts = json.loads(body["messages"][1]["content"])
        content = json.dumps({"posts": [{"kinds": {"complaint": 0.9}, "tone": -1}] * len(texts)})
        answer = json.dumps({"choices": [{"message": {"content": content}}]}).encode()
        self.send_response(self.server.status)
        if self.server.status == 307:
            self.send_header("location", "http://elsewhere.example/v1")
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def server():
    running = ThreadingHTTPServer(("127.0.0.1", 0), _Model)
    running.asked, running.status = [], 200
    thread = threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield running
    running.shutdown()
    running.server_close()
    thread.join()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "posts.csv"
    path.write_text("body,kind\nYour bus is late again,complaint\nWhen do you open?,question\n")
    return path


def _run(file, *more):
    arguments = ["evaluate", str(file), "--text", "body", "--label", "kind", "--json", *more]
    return CliRunner().invoke(command, arguments)


def test_is_put_to_the_same_test(server, file, monkeypatch):
    monkeypatch.setenv("TWOWAY_MODEL_KEY", "open sesame")
    address = f"http://127.0.0.1:{server.server_port}/v1"
    found = _run(file, "--endpoint", address, "--model", "large 3")
    assert found.exit_code == 0, found.output
    beside = json.loads(found.output)["beside"]["endpoint large 3"]
    assert beside["kinds"]["complaint"]["recall"] == 1
    assert beside["kinds"]["question"]["recall"] == 0
    ((path, key, body),) = server.asked
    assert (path, key) == ("/v1/chat/completions", "Bearer open sesame")
    assert body["model"] == "large 3"


def test_nothing_is_sent_unless_asked_for(server, file):
    assert _run(file).exit_code == 0
    assert server.asked == []


@pytest.mark.parametrize(("status", "says"), [(404, "status 404"), (307, "another address")])
def test_what_goes_wrong_is_said(server, file, status, says):
    server.status = status
    address = f"http://127.0.0.1:{server.server_port}/v1"
    found = _run(file, "--endpoint", address, "--model", "large 3")
    assert found.exit_code == 1
    assert says in found.output


def test_needs_a_model(file):
    found = _run(file, "--endpoint", "http://127.0.0.1:1/v1")
    assert found.exit_code == 2
    assert "--model" in found.output
