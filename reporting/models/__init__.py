"""What it adds up to; its tables come with the first released profile."""
