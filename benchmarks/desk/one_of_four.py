"""One of the processes that take in posts at once; says when it began and ended."""

import sys
import time

import django

django.setup()

from ingesting import take_in  # noqa: E402  Django has to be up before its models are read

take_in(50, int(sys.argv[2]) + 100, shared=9)
begun = time.time()
take_in(int(sys.argv[1]), int(sys.argv[2]), shared=9)
print(begun, time.time())
