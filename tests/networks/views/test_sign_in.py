"""Signing in and out, and the pages for what is not there."""

from django.test import Client
from django.urls import reverse

from networks.permissions import Role
from tests.clinic import Clinic
from tests.world import PASSWORD, World

LOGIN = reverse("account_login")


def test_leads_to_the_page_that_was_asked_for(world: World) -> None:
    client = Client()
    asked = client.get(reverse("patients:list"))
    page = client.post(asked.url, {"login": "clinician@oak.test", "password": PASSWORD}, follow=True)
    assert page.request["PATH_INFO"] == reverse("patients:list")
    assert "Successfully" not in page.content.decode()


def test_a_wrong_password_is_told_without_saying_which_part_is_wrong(world: World) -> None:
    page = Client().post(LOGIN, {"login": "clinician@oak.test", "password": "no"})
    assert "The email address and/or password you specified are not correct." in page.content.decode()


def test_never_leads_to_another_site(world: World) -> None:
    client = Client()
    page = client.post(
        f"{LOGIN}?next=https://evil.test/", {"login": "clinician@oak.test", "password": PASSWORD}
    )
    assert page.url == "/"


def test_signing_out_ends_the_session(world: World) -> None:
    client = Clinic(world).as_(Role.CLINICIAN)
    assert "Sign out?" in client.get(reverse("account_logout")).content.decode()
    client.post(reverse("account_logout"))
    assert client.get("/today/").status_code == 302


def test_the_account_pages_wear_the_frame(world: World) -> None:
    client = Clinic(world).as_(Role.CLINICIAN)
    assert "Change your password" in client.get(reverse("account_change_password")).content.decode()
    assert "Your account" in client.get(reverse("mfa_index"), follow=True).content.decode()
    assert "A new password" in Client().get(reverse("account_reset_password")).content.decode()


def test_a_page_that_is_not_there_says_so_in_words(world: World) -> None:
    page = Client().get("/nothing/")
    assert page.status_code == 404
    assert "There is no such page or record in this workspace." in page.content.decode()
