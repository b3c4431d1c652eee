"""What every page stands in: the rail of lists, notices, the reader's language and zone."""
