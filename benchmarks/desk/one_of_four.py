"""One of the processes that take in posts at once; waits for a line, says how many and when it ended."""

import sys
import time

import django

django.setup()

from ingesting import brought, take_in  # noqa: E402  Django has to be up before its models are read

from twoway.desk.running.warming import warm  # noqa: E402

warm()
many, seed, common = map(int, sys.argv[1:])
take_in(brought(50, seed + 100, common))
coming = brought(many, seed, common)
print("ready", flush=True)
sys.stdin.readline()
take_in(coming)
print(sum(len(posts) for _, posts in coming), time.time())
