"""What a person may ask of us: all that is held about them, and that it is erased."""
