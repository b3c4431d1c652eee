"""Known tables, one file each: how to tell one, what its columns are, what is odd about it.

A module here with a LAYOUT is one; they are found by scanning.
"""
