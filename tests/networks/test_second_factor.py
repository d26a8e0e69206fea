"""A second factor is asked for where it is required, and nowhere else."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from networks.permissions import Role
from tests.world import World


@pytest.fixture
def signed_in(client: Client, world: World) -> Client:
    client.force_login(world.oak.people[Role.CLINICIAN])
    return client


def test_without_one_every_page_leads_to_setting_it_up(signed_in: Client, settings) -> None:
    settings.MFA_REQUIRED = True
    for address in ("/", "/today/", "/patients/"):
        answer = signed_in.get(address)
        assert (answer.status_code, answer.url) == (302, "/accounts/2fa/totp/activate/")


def test_the_way_there_and_out_stays_open(signed_in: Client, settings) -> None:
    settings.MFA_REQUIRED = True
    assert not signed_in.get("/accounts/logout/").headers.get("Location", "").startswith("/accounts/2fa")


def test_with_one_the_pages_open(signed_in: Client, world: World, settings) -> None:
    settings.MFA_REQUIRED = True
    person = world.oak.people[Role.CLINICIAN]
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})
    assert signed_in.get("/today/").status_code == 200


def test_where_it_is_not_required_nobody_is_asked(signed_in: Client, settings) -> None:
    settings.MFA_REQUIRED = False
    assert signed_in.get("/today/").status_code == 200
