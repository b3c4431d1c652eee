"""What Bluesky hands out, by feed: each in its own file, walked from now backwards."""
