"""The team's web application: every conversation in one place, ordered by whose turn it is."""
