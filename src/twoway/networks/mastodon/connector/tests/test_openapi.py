"""The API as its documentation states it, against what we read, what we ask, and what servers said.

The contract is a third party's (github.com/abraham/mastodon-openapi, 1.5 MB, its texts under the
GFDL), so it is not in this repository, and no package index has it. TWOWAY_CONTRACTS names a folder
with mastodon-openapi-4.7.0.json in it; else it is looked for in var/contracts and in the folders
`contracts` beside the checkout. Without it these tests are skipped, and say so.
"""

import ast
import json
import os
import re
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from servers.recorded import recordings

from twoway.connectors.interface import Say
from twoway.networks.mastodon.connector.entities.instance import Instance
from twoway.networks.mastodon.connector.sending.composing import compose

CONNECTOR = Path(__file__).parents[1]
ROOT = CONNECTOR.parents[4]
NAME = "mastodon-openapi-4.7.0.json"
PLACES = (ROOT / "var" / "contracts", *sorted(ROOT.parent.glob("*/contracts")))
FOLDER = os.environ.get("TWOWAY_CONTRACTS") or next(
    (place for place in PLACES if (place / NAME).exists()), PLACES[0]
)
CONTRACT = Path(FOLDER) / NAME
pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(
        not CONTRACT.exists(),
        reason="NOT CHECKED against Mastodon's OpenAPI contract: TWOWAY_CONTRACTS names no folder "
        "with mastodon-openapi-4.7.0.json (from github.com/abraham/mastodon-openapi)",
    ),
]
# What a client of conversations lives on; the rest of the API is not ours.
OURS = (
    "/api/v1/accounts/{id}",
    "/api/v1/accounts/{id}/followers",
    "/api/v1/accounts/{id}/following",
    "/api/v1/accounts/{id}/statuses",
    "/api/v1/accounts/lookup",
    "/api/v1/accounts/relationships",
    "/api/v1/favourites",
    "/api/v1/media/{id}",
    "/api/v1/notifications",
    "/api/v1/polls/{id}/votes",
    "/api/v1/statuses",
    "/api/v1/statuses/{id}",
    "/api/v1/statuses/{id}/context",
    "/api/v1/statuses/{id}/favourite",
    "/api/v1/statuses/{id}/history",
    "/api/v1/statuses/{id}/reblog",
    "/api/v1/statuses/{id}/source",
    "/api/v1/timelines/home",
    "/api/v2/media",
    "/api/v2/search",
)
# Known to be wrong about real answers (measured over 925 of them, November 2026): a deletion gives
# `text` where `content` is demanded, and mail addresses may be empty.
_RELAXED = {("delete", "/api/v1/statuses/{id}")}


@cache
def contract():
    return json.loads(CONTRACT.read_text("utf-8"))


@cache
def validator(method, path):
    """Return what checks a good answer of an operation; None where it has no schema."""
    operation = contract()["paths"][path].get(method, {})
    good = next(
        (
            operation["responses"][code]
            for code in ("200", "202")
            if code in operation.get("responses", {})
        ),
        {},
    )
    schema = good.get("content", {}).get("application/json", {}).get("schema")
    return checker(schema) if schema is not None else None


def checker(schema):
    """Return what checks a value against a schema of the contract."""
    registry = Registry().with_resource("urn:contract", Resource.opaque(contract()))
    whole = json.loads(json.dumps(schema).replace('"#/', '"urn:contract#/'))
    return Draft202012Validator(whole, registry=registry)


def operation_of(recorded):
    """Return the contract's name for a path that was asked."""
    path = urlsplit(recorded.address).path.rstrip("/")
    for known in OURS:
        if re.fullmatch(re.sub(r"\{\w+\}", r"\\d+", known), path):
            return recorded.method.lower(), known
    return None


def test_what_real_servers_answered_is_as_documented():
    """So the contract is one to rely on, where it was measured."""
    checked, wrong = 0, []
    for one in recordings():
        operation = operation_of(one)
        if operation is None or operation in _RELAXED or one.status not in (200, 202):
            continue
        check = validator(*operation)
        if check is not None:
            checked += 1
            error = next(check.iter_errors(json.loads(one.body)), None)
            wrong += [(operation, error.message[:120])] if error else []
    assert checked > 300
    assert len(wrong) <= checked // 20, wrong[:10]


@pytest.mark.parametrize(
    "say",
    [
        Say(text="Yes."),
        Say(text="Yes.", answers="above", content_warning="Tea, hot", language="en"),
        Say(text="Which?", poll=("Black", "Green")),
        Say(text="Look", quotes="quoted"),
        Say(text="Between us", visibility="private"),
    ],
    ids=lambda say: say.text,
)
def test_what_we_send_is_as_documented(say):
    post = contract()["paths"]["/api/v1/statuses"]["post"]["requestBody"]
    schema = post["content"]["application/json"]["schema"]
    # A text with a poll is two of the three kinds that the contract wants one of.
    check = checker(json.loads(json.dumps(schema).replace('"oneOf"', '"anyOf"')))
    above = {"id": "1", "visibility": "public"} if say.answers else {}
    quoted = {"id": "2"} if say.quotes else {}
    payload = compose(say, above, {"acct": "us"}, Instance(version="4.7.3", api=11), quoted)
    assert [error.message for error in check.iter_errors(payload)] == []
    known = set()
    _collect(contract()["components"]["schemas"], known)
    assert set(payload) <= known


def test_every_path_we_ask_is_documented():
    asked = set()
    for path in CONNECTOR.rglob("*.py"):
        if "tests" not in path.parts:
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                text = _text(node)
                if text.startswith("/api/") and not text.endswith("/"):
                    asked.add(re.sub(r"\{\}", "{id}", text))
    assert len(asked) > 15
    known = {re.sub(r"\{\w+\}", "{id}", one) for one in contract()["paths"]}
    spelled = {one for one in asked if "/{id}/{id}" not in one}  # the last part is a verb of ours
    assert spelled - known == {"/api/v1/streaming"}  # documented as its channels


def test_every_field_we_read_is_documented():
    """What only other servers have is listed here, by the server that has it."""
    others = {"pleroma", "ap_id", "max_toot_chars", "mutuals_only", "list", "local"}
    properties = set()
    for schema in contract()["components"]["schemas"].values():
        _collect(schema, properties)
    read = set()
    for name in ("accounts", "statuses", "notifications", "instance"):
        tree = ast.parse((CONNECTOR / "entities" / f"{name}.py").read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                first = node.args[0] if node.func.attr == "get" and node.args else None
                if isinstance(first, ast.Constant) and isinstance(first.value, str) and first.value:
                    read.add(first.value)
    assert len(read) > 40
    assert read - properties - others == set()


def _text(node):
    """Return a text as it is written, with {} where something is filled in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(one.value if isinstance(one, ast.Constant) else "{}" for one in node.values)
    return ""


def _collect(schema, names):
    if isinstance(schema, dict):
        names.update(schema.get("properties", {}))
        for one in schema.values():
            _collect(one, names)
    elif isinstance(schema, list):
        for one in schema:
            _collect(one, names)
