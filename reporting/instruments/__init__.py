"""Scores and changes of the instruments, each by its own published or house rule."""
