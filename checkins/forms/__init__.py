"""What people type: enrolling, consents and numbers."""

from checkins.forms.enrollment import ClosingForm, EnrollmentForm, TextForm
from checkins.forms.reach import ConsentForm, NumberForm

__all__ = ["ClosingForm", "ConsentForm", "EnrollmentForm", "NumberForm", "TextForm"]
