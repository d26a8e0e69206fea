"""How pages put figures into words and marks; no queries, no rules."""
