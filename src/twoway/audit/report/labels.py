"""The verdict's labels, the same in every form of the report; `say` them."""

from twoway.audit.saying import marked, say

VERDICTS = {
    "networking": marked("Social networking"),
    "mixed": marked("A bit of both"),
    "notworking": marked("Social notworking"),
    "too_little_data": marked("Too little data"),
    "not_judged": marked("Not judged"),
}
FIRMNESS = {
    True: marked("firm, allowing for chance"),
    False: marked("provisional"),
    None: marked("no verdict"),
}
MARKS = {
    "networking": "●", "mixed": "◐", "notworking": "○", "too_little_data": "·", "not_judged": "·",
}  # fmt: skip
KNOWN = {"complete": marked("all"), "sampled": marked("a sample"), "no": marked("nothing")}


def verdict(name: str) -> str:
    """Return what a verdict is called."""
    return say(VERDICTS[name])


def firmness(firm: bool | None) -> str:
    """Return how sure a verdict is."""
    return say(FIRMNESS[firm])
