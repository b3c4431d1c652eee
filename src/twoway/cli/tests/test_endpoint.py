"""A bigger model at an address somebody names: a server on this machine stands in for it."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from click.testing import CliRunner

from twoway.cli import twoway
from twoway.cli.language import command
from twoway.collection.folder import Collection
from twoway.language import MODEL


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


GOOD = """
from twoway.language.model.assessor import shipped

class Local:
    name = "my-encoder 1"

    def assess(self, heard):
        return shipped().assess(heard)
"""


@pytest.fixture
def world(tmp_path):
    said = tmp_path / "said.csv"
    said.write_text(
        "id,text,author,created_at\n1,Your tram was late again,shop,2026-03-01\n2,Two new trams,shop,2026-03-02\n"
    )
    folder = tmp_path / "world"
    made = CliRunner().invoke(twoway, ["import", str(said), "--into", str(folder)])
    assert made.exit_code == 0, made.output
    return folder


def _reread(folder, *more):
    found = CliRunner().invoke(command, ["reread", str(folder), *more])
    return found, Collection.open(folder).manifest.model


def test_a_model_that_fails_the_trial_reads_nothing(server, world):
    address = f"http://127.0.0.1:{server.server_port}/v1"
    found, model = _reread(world, "--endpoint", address, "--model", "large 3")
    assert found.exit_code == 1
    assert "did not pass the trial" in found.output
    assert "Macro-F1 of kind" in found.output
    assert model == MODEL
    assert not any("tram was late" in str(body) for _, _, body in server.asked)


def test_the_trial_says_why_and_ends_with_one(server):
    address = f"http://127.0.0.1:{server.server_port}/v1"
    found = CliRunner().invoke(command, ["trial", "--endpoint", address, "--model", "large 3"])
    assert found.exit_code == 1
    assert "endpoint large 3 may not read." in found.output


def test_our_own_model_passes_its_trial():
    found = CliRunner().invoke(command, ["trial", "--json"])
    assert found.exit_code == 0, found.output
    assert json.loads(found.output)["languages"] == ["de", "en", "es", "fr", "it", "pt"]


def test_a_model_on_this_machine_reads_once_it_has_passed(world, tmp_path, monkeypatch):
    (tmp_path / "my_encoder.py").write_text(GOOD)
    monkeypatch.syspath_prepend(tmp_path)
    found, model = _reread(world, "--plug-in", "my_encoder:Local")
    assert found.exit_code == 0, found.output
    assert "passed the trial in de, en" in found.output
    assert model == "my-encoder 1"


@pytest.mark.parametrize("name", ["no_such_module:x", "json:no_such_name", "json:dumps", ":"])
def test_a_plug_in_that_is_none_is_said(name):
    found = CliRunner().invoke(command, ["trial", "--plug-in", name])
    assert found.exit_code in (1, 2)
    assert "--plug-in" in found.output
