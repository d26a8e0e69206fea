"""Enrolling a patient: what the page asks, as one document; all or nothing."""

from typing import Any
from uuid import UUID

from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from checkins.cadence import LONGEST_WORDS
from checkins.services.enrollment import EnrollmentRequest, enroll
from networks import clock
from networks.api.filters import FIRST, LAST
from networks.api.views import ScopedView
from networks.errors import DomainError
from networks.permissions import Permission
from networks.selectors import own_practice
from patients.models import ConsentEvent, Episode, Language

_METHODS = [
    (each.value, each.label)
    for each in (ConsentEvent.Method.IN_PERSON, ConsentEvent.Method.PAPER, ConsentEvent.Method.PHONE)
]
# Names of the services' fields and of the document's where they differ.
_FIELDS = {"starts_on": "evaluated_on", "ends_on": "plan_until", "clinician_id": "clinician"}


def _day(help_text: str) -> serializers.DateField:
    within: list[Any] = [MinValueValidator(FIRST), MaxValueValidator(LAST)]
    return serializers.DateField(required=False, allow_null=True, validators=within, help_text=help_text)


class EnrollmentIn(serializers.Serializer[Any]):
    """Seven answers and the patient's consent; everything else has a default."""

    given_name = serializers.CharField(max_length=80)
    family_name = serializers.CharField(max_length=80)
    mobile = serializers.CharField(max_length=40, help_text="A US mobile number.")
    language = serializers.ChoiceField(choices=Language.choices)
    condition = serializers.ChoiceField(choices=Episode.Condition.choices)
    side = serializers.ChoiceField(choices=Episode.Side.choices)
    clinician = serializers.UUIDField(help_text="A clinician of this practice.")
    consent_method = serializers.ChoiceField(
        choices=_METHODS, help_text="How the patient agreed to monitoring and to texts; ask them first."
    )
    time_zone = serializers.CharField(
        max_length=64, required=False, allow_blank=True, help_text="IANA name; else by area code."
    )
    record_number = serializers.CharField(max_length=40, required=False, allow_blank=True)
    birth_date = _day("Not in the future.")
    evaluated_on = _day("Date of the evaluation; today where it is left out.")
    surgery_on = _day("Date of the surgery, if any.")
    plan_from = _day("First day of the plan of care; the evaluation where it is left out.")
    plan_until = _day("Last day of the plan of care; at most 90 days.")
    names_rtm = serializers.BooleanField(
        required=False, default=True, help_text="The plan of care names remote monitoring."
    )
    send_at = serializers.TimeField(
        required=False,
        allow_null=True,
        help_text="When check-ins go out, local time, inside the hours of practice and state; 09:00 by default, "
        "or as soon after as these allow.",
    )
    shares_phone = serializers.BooleanField(
        required=False,
        default=False,
        help_text="Another patient has this mobile too; this one is then texted from another number of yours.",
    )
    activity = serializers.CharField(
        max_length=LONGEST_WORDS,
        required=False,
        allow_blank=True,
        help_text="What they most want to do again, in the language of the texts; asked about with 0 to 10.",
    )
    welcome = serializers.BooleanField(
        required=False, default=True, help_text="Send the welcome text at once, or when texting hours begin."
    )

    def enrollment_request(self) -> EnrollmentRequest:
        """Return what the service wants, from a valid document."""
        data: dict[str, Any] = dict(self.validated_data)
        clinician_id: UUID = data.pop("clinician")
        return EnrollmentRequest(clinician_id=clinician_id, **data)


class EnrollmentOut(serializers.Serializer[Any]):
    """Who was enrolled."""

    patient = serializers.UUIDField(source="patient_id")
    episode = serializers.UUIDField(source="pk")
    starts_on = serializers.DateField(help_text="Date of the evaluation.")


class Enrollments(ScopedView):
    """Enrolling."""

    required_permission = Permission.ENROLL_PATIENTS
    serializer_class = EnrollmentIn

    @extend_schema(request=EnrollmentIn, responses={201: EnrollmentOut})
    def post(self, request: Request) -> Response:
        """Enrol a patient: patient, phone, consents, plan of care, check-ins from tomorrow, welcome text."""
        practice = own_practice(self.scope.practice_id)
        if practice is None:
            raise Http404
        given = EnrollmentIn(data=request.data)
        given.is_valid(raise_exception=True)
        try:
            episode = enroll(
                practice, request=given.enrollment_request(), actor=self.scope.actor, now=clock.now()
            )
        except DomainError as error:
            error.field = _FIELDS.get(error.field or "", error.field)
            raise
        made = reverse("api-episode", kwargs={"episode_id": episode.pk}, request=request)
        return Response(EnrollmentOut(episode).data, status=201, headers={"Location": made})
