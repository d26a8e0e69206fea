"""Reads shaped for one page each; every one says how many queries it needs."""
