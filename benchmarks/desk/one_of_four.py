"""One of the processes that take in posts at once; says when it began and ended."""

import sys
import time

import django

django.setup()

from ingesting import take_in  # noqa: E402  Django has to be up before its models are read

from twoway.desk.running.warming import warm  # noqa: E402

warm()
many, seed, common = map(int, sys.argv[1:])
take_in(50, seed + 100, common)
begun = time.time()
take_in(many, seed, common)
print(begun, time.time())
