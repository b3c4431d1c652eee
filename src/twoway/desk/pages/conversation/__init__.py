"""One conversation: what was said, who said it, and what one can do about it."""
