"""The trained model: hashed pieces of text, small integer weights, NumPy and nothing else."""
