"""How we are doing: audits of our own channels from what the desk holds, and of anybody else."""
