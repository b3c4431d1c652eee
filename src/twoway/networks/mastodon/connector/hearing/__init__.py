"""What is read of a server, and what it streams."""
