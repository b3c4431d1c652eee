"""`python -m twoway.desk.learning NUMBER`: works on one lesson that was claimed."""

import os
import sys

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "twoway.desk.settings")
    django.setup()
    from twoway.desk.learning.models import Lesson
    from twoway.desk.learning.services import work

    work(Lesson.objects.get(pk=int(sys.argv[1])))
