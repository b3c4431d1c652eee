"""The rule set: what a post is by phrases alone. The baseline that a trained model must beat."""

MODEL = "rules 1"
