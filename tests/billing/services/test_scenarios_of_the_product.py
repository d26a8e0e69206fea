"""Scenarios of the fact sheet's section 7 that the billing document cannot say, on the product itself."""

from datetime import timedelta

import pytest

from checkins.models import InboundRow, MonitoringDay, Reading
from networks.scoping import practice_scope
from tests import factories
from tests.world import NOW, World


@pytest.mark.parametrize("text", ["STOP", "thanks", "?"])
def test_18_a_text_without_an_answer_makes_no_data_day(world: World, text: str) -> None:
    with practice_scope(world.oak.practice.pk):
        patient = factories.enrolled(world.oak, now=NOW - timedelta(days=1), gated=True)
        factories.asked(world.oak, at=NOW)
        factories.writes(patient, text, at=NOW + timedelta(minutes=5))
        factories.read_all(world.oak, at=NOW + timedelta(minutes=6))
        assert InboundRow.objects.get(patient=patient.patient_id).state == InboundRow.State.READ
        assert not Reading.objects.filter(episode=patient.episode).exists()
        assert not MonitoringDay.objects.filter(episode=patient.episode).exists()
