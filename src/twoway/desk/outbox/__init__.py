"""What leaves the desk: answers on their way out, each sent exactly once."""
