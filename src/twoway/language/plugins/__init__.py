"""Bigger models behind the same interface (`language.assessor.Assessor`): off unless somebody names one.

A plug-in is put to the shipped model's own test (`trial.admit`) on labelled posts before it reads
anything; where it fails, it is not used.
"""
