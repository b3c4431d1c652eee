"""What is said and done on a server, exactly once."""
