"""Rows into figures: one module per shape, found by the name that a measure's head gives.

A measure's query returns rows; a shape adds them up in SQL, so that millions of rows never reach
Python, and turns the small result into figures. Main figure: part = ''; a row that belongs to
several parts appears once in each.

    shape       columns of a row
    share       organisation, part, post, happened_at, hit, sure (not sure: only widens `bound`)
    duration    organisation, part, post, happened_at, length (µs), ended (false: censored)
    count       organisation, part, post, happened_at, age (µs)
    ratio       organisation, part, post, happened_at, side ('over' or 'under'), thing (counted
                once; empty: a thing of its own)
    difference  organisation, part, post, happened_at, side ('first' or 'second'), hit, sure
    time_difference  the same with length and ended instead of hit and sure
    odds        organisation, part, post, happened_at, exposed, hit
    spread      organisation, part, post, happened_at, amount, length (orders the evidence)
    repeats     those of share and first_said (the post that said it first)
    distribution  organisation, part (a class, one for each post), post, happened_at, hit, certainty
    balance     organisation, part (such as a network), post, happened_at, side ('received', 'done', 'named')
    checklist   organisation, part, answer ('yes', 'no', 'unknown'), detail
    trend       those of share, of any time; time_trend: those of duration

Every module offers

    ROWS: tuple[str, ...]
    def figures(engine: Engine, rows: str, sheet: Sheet, organisations: Sequence[str])
            -> dict[tuple[str, str], Figure]

`rows` is the table that holds the rows of `sheet`. The answer has a figure for every organisation
and every part of the sheet, also where there was no row. `evidence` holds posts without their
texts (`shapes.evidence`); `audit.quoting` fetches those of all measures at once. A shape that looks
at each part for itself says `TOGETHER = True`, so that several sheets may be measured in one go.
"""
