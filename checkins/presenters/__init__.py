"""How pages put texts, alerts and the line into words; no queries, no rules."""
