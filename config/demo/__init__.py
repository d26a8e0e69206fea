"""The demonstration: an invented network with a history made by the product's own services."""
