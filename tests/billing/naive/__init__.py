"""A second, naive billing decision: it shares nothing with the product's and is compared with it."""
