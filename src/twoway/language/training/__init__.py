"""How the shipped weights are made: patterns and licensed texts in, a few megabytes of integers out.

Needs the dependency group `train`; nothing here runs where Twoway is used.
"""
