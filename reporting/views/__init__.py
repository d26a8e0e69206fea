"""Pages of the network: its home, profiles from choice to release, the public check."""
