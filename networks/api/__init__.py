"""What every resource of the API is made of: who calls, what they may open, pages, filters."""
