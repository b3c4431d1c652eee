"""What is done once before the first page, so that no reader waits for it."""

import gc

from django.conf import settings
from django.template.loader import get_template
from django.urls import reverse

from twoway.connectors import registry

_YOUNG = 2_000
"""Objects left over before the collector looks at the youngest.

A page leaves 300 to 700 in circles. To free 2,000 takes 0.6 ms; 20,000, as it was before, took one
page in forty 5 to 8 ms, and those pages were p99. What outlives that is looked at as often: 1.5 ms.
"""


def warm() -> None:
    """Load networks, addresses and templates, and leave what lives for ever out of the collector's rounds.

    Otherwise one page in a hundred waits 80 ms while all modules are looked through.
    """
    registry.networks()
    reverse("our_turn")
    for page in settings.PAGES.rglob("*.html"):
        get_template(str(page.relative_to(settings.PAGES)))
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, 4, 400)
