"""What was said and whose turn it is: posts, threads, conversations."""
