"""The lists of conversations, our turn first."""
