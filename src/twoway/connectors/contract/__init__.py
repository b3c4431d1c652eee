"""The checks that every network passes: it brings a pretended server and payloads, and inherits them.

A network's tests hold a subclass of `suite.Contract` that names its `trial.Trial`; see
docs/how-to/add-a-network.md. Needs pytest and Hypothesis, which Twoway itself does not.
"""
