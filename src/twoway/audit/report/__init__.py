"""Show a report: one module per form, named as `--format` names it, each with `render(report) -> str`.

`terminal` also shows it on a rich console; `json` also reads it back; `redaction` comes before.
"""
