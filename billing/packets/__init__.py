"""Audit packets as files: fourteen parts in one sealed file, and how they read on paper."""
