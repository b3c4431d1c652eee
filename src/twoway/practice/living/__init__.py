"""The practice world come alive: people who write, wait, lose patience, thank and ask again.

Pure: `town` says who lives there, `plans` what somebody means to do and what they did, `life` what
becomes of a plan once it is due. Whoever keeps the posts (networks/practice) keeps the plans too.
"""
