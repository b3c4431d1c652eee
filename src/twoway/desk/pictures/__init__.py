"""Faces and pictures that networks show: fetched once, kept for a while, served from here.

A page never leads a reader's browser to a stranger's server: that would tell it who reads what.
"""
