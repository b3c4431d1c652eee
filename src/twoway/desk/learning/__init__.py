"""What the desk learns from its team: corrections become a model of the organisation's own, which can be taken back."""
