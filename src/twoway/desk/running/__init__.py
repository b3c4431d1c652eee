"""The desk at work: the web server, what is told live, and the loops that fetch and send."""
