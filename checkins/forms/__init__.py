"""What people type: enrolling, correcting, consents and numbers."""

from checkins.forms.corrections import CorrectionForm
from checkins.forms.enrollment import ClosingForm, EnrollmentForm, TextForm
from checkins.forms.reach import ConsentForm, NumberForm

__all__ = ["ClosingForm", "ConsentForm", "CorrectionForm", "EnrollmentForm", "NumberForm", "TextForm"]
