"""What each figure of a profile is made of: definitions, one patient's results, and the cohort's."""
