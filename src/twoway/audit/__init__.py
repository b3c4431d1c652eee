"""From a collection to a verdict: measures, evidence, peers, advice."""
