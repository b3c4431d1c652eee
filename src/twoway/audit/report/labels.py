"""The verdict's labels, the same in every form of the report."""

VERDICTS = {
    "networking": "Social networking",
    "mixed": "A bit of both",
    "notworking": "Social notworking",
    "too_little_data": "Too little data",
    "not_judged": "Not judged",
}
FIRMNESS = {True: "firm, allowing for chance", False: "provisional", None: "no verdict"}
MARKS = {
    "networking": "●", "mixed": "◐", "notworking": "○", "too_little_data": "·", "not_judged": "·",
}  # fmt: skip
KNOWN = {"complete": "all", "sampled": "a sample", "no": "nothing"}
