"""What a server tells, read into the core's words: pure."""
