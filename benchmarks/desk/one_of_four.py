"""One of the processes that take in posts at once: `one_of_four.py POSTS SEED`."""

import sys

import django

django.setup()

from ingesting import take_in  # noqa: E402  Django has to be up before its models are read

take_in(int(sys.argv[1]), int(sys.argv[2]), shared=9)
