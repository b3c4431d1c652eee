"""What is sent to Bluesky: records whose keys are chosen beforehand, so that none is made twice."""
