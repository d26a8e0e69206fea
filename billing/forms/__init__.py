"""What people type about time, snoozes and records of care."""

from billing.forms.time import CallForm, SnoozeForm

__all__ = ["CallForm", "SnoozeForm"]
