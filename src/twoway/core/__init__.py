"""Posts, accounts and whose turn it is: pure, without any input or output."""
