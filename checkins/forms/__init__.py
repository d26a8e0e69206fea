"""What people type: enrolling, correcting, consents and numbers."""

from checkins.forms.corrections import CorrectionForm
from checkins.forms.enrollment import EnrollmentForm
from checkins.forms.reach import ConsentForm, NumberForm

__all__ = ["ConsentForm", "CorrectionForm", "EnrollmentForm", "NumberForm"]
