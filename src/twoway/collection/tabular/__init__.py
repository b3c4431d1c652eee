"""Tables of any make: their rows, what their columns hold, and the posts they say."""
