"""Colleagues, hours and goals, and the trail of who did what."""
