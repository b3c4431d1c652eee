"""The first page of a new desk, the way in for those invited, and where to begin."""
