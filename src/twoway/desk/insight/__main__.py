"""`python -m twoway.desk.insight NUMBER`: works on one audit that was claimed."""

import os
import sys

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "twoway.desk.settings")
    django.setup()
    from twoway.desk.insight.counting import work_on

    work_on(int(sys.argv[1]))
