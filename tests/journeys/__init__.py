"""What colleagues do at a desk, from the first run on, in a real browser."""
