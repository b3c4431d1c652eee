"""What a network must offer, and the one door to the internet."""
