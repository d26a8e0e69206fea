"""How the network's pages are put into words; no queries, no rules."""
