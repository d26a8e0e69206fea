"""Which pages of the product have their picture taken, as whom; every address is listed or named with a reason.

The list is plain data: `tests/system/screenshots.py` takes the pictures, `test_screenshots.py` holds the list
against config.urls.
"""

from dataclasses import dataclass, field

# Who looks: the demonstration's people, by what they are. "" is nobody signed in.
VISITORS: dict[str, str] = {
    "": "",
    "clinician": "dana@lakeside.demo",
    "front_desk": "frontdesk@lakeside.demo",
    "biller": "biller@lakeside.demo",
    "practice_admin": "admin@lakeside.demo",
    "network_admin": "admin@cin.demo",
    "quality": "quality@cin.demo",
    "operator": "operator@daybook.demo",
}
SIMULATOR = "simulator"


@dataclass(frozen=True)
class Screen:
    """One page: its name in config.urls, who looks, and what it must answer.

    A panel is opened in the drawer over the page that `over` names. `places` fills what varies in the
    address; what it leaves out comes from the stage. `route` is SIMULATOR for the phones, empty for an
    address that nobody has. `drawn` is what stands on a page only once its own script has drawn it.
    """

    name: str
    route: str
    visitor: str = "clinician"
    over: str = ""
    query: str = ""
    places: dict[str, str] = field(default_factory=dict)
    status: int = 200
    drawn: str = ""


SCREENS: tuple[Screen, ...] = (
    # Care
    Screen("today", "today"),
    Screen("today-front-desk", "today", "front_desk"),
    Screen("patients", "patients:list"),
    Screen("patient", "billing:patient"),
    Screen("conversation", "checkins:conversation", over="today"),
    Screen("correct", "checkins:correct", over="billing:patient"),
    Screen("snooze", "billing:snooze", over="today"),
    Screen("call", "billing:call", over="billing:patient"),
    Screen("time-by-hand", "billing:time-by-hand", over="billing:patient"),
    Screen("milestone", "patients:milestone", over="billing:patient"),
    Screen("own-activity", "checkins:own-activity", over="billing:patient"),
    Screen("close-alert", "checkins:close-alert", over="today"),
    Screen("care", "billing:care", "practice_admin"),
    Screen("reach", "checkins:reach", "front_desk"),
    Screen("enroll", "checkins:enroll", "front_desk"),
    Screen("joining", "checkins:joining", "front_desk"),
    Screen("join-sign", "checkins:join-sign", "front_desk"),
    Screen("messages", "checkins:messages", "front_desk"),
    Screen("texts-put-aside", "checkins:put-aside-texts", "front_desk"),
    Screen("line-figures", "checkins:line-figures", "front_desk"),
    Screen("link-page", "check-in", ""),
    Screen("consent-page", "agree", ""),
    Screen("consent-page-unknown", "agree", "", places={"consent_token": "none"}, status=404),
    Screen("link-page-unknown", "check-in", "", places={"token": "none"}, status=404),
    # Danger
    Screen("alerts", "checkins:alerts"),
    Screen("wordings", "checkins:danger-wordings"),
    Screen("drills", "checkins:drills", "practice_admin"),
    Screen("drill", "checkins:drill", "practice_admin"),
    Screen("rota", "networks:rota", "practice_admin"),
    # Billing
    Screen("board", "billing:board", "biller"),
    Screen("board-clinician", "billing:board"),
    Screen("why", "billing:why", "biller", over="billing:board"),
    Screen("reasons", "billing:reasons", "biller"),
    Screen("certify", "billing:certify"),
    Screen("certify-all", "billing:certify", query="whose=all"),
    Screen("amend", "billing:amend"),
    Screen("charges", "billing:charges", "biller"),
    Screen("claims", "billing:claims", "biller"),
    Screen("self-audit", "billing:self-audit", "biller"),
    Screen("disputed-readings", "billing:disputed-readings", "biller"),
    Screen("rule-sets", "billing:rule-sets", "operator"),
    Screen("rerun", "billing:rerun", "biller"),
    Screen("locality", "billing:locality", "biller"),
    # Settings
    Screen("texting", "checkins:line-setup", "practice_admin"),
    Screen("texting-hours", "checkins:texting-hours", "practice_admin"),
    Screen("practice-settings", "billing:practice-settings", "practice_admin"),
    Screen("protocols", "checkins:protocols", "practice_admin"),
    Screen("protocol", "checkins:protocol", "practice_admin"),
    Screen("people", "networks:people", "practice_admin"),
    Screen("people-network", "networks:people", "network_admin"),
    Screen("invite", "networks:invite", "practice_admin"),
    Screen("person", "networks:person", "practice_admin"),
    Screen("audit", "networks:audit", "practice_admin"),
    # Network
    Screen("network", "reporting:home", "network_admin"),
    Screen("network-quality", "reporting:home", "quality"),
    Screen("profiles", "reporting:profiles", "quality"),
    Screen("profile", "reporting:profile", "quality"),
    Screen("styles", "billing:styles"),
    Screen("operations", "checkins:operations", "operator"),
    Screen("reading-score", "checkins:reading-score"),
    # Open to everybody
    Screen("verify", "reporting:verify", ""),
    Screen("help", "networks:help-home", ""),
    Screen("tour", "networks:tour", "front_desk"),
    Screen("help-front-desk", "networks:help", "front_desk", places={"name": "front-desk"}),
    Screen("api", "api-docs", "", drawn=".opblock"),
    Screen("sign-in", "account_login", ""),
    Screen("reset-password", "account_reset_password", ""),
    Screen("reset-password-sent", "account_reset_password_done", ""),
    Screen("sign-out", "account_logout"),
    Screen("change-password", "account_change_password"),
    Screen("second-factor", "mfa_index"),
    Screen("sessions", "usersessions_list"),
    Screen("not-allowed", "billing:board", "front_desk", status=403),
    Screen("not-found", "", status=404),
    Screen("phones", SIMULATOR, ""),
)

_FRAGMENT = "a part of a page, swapped in; the page is listed"
_DATA = "no page: data for programs, or a file"
_ACCOUNT = "allauth's page in the same frame as those listed; needs a step before it"
# Acts, which answer POST alone, need no line here.
NOT_SHOWN: dict[str, str] = {
    "checkins:put-aside": "a panel for a text from nobody's number; the demonstration has none",
    "checkins:whose-number": "a panel for a text from nobody's number; the demonstration has none",
    "home": "leads to the home of the role",
    "healthz": _DATA,
    "readyz": _DATA,
    "metrics": _DATA,
    "webhook-inbound": _DATA,
    "webhook-status": _DATA,
    "networks:tour-steps": _DATA,
    "billing:today-rows": _FRAGMENT,
    "billing:patient-changes": _FRAGMENT,
    "checkins:sign-off-note": _FRAGMENT,
    "checkins:thread": _FRAGMENT,
    "checkins:enroll-preview": _FRAGMENT,
    "checkins:join-count": _FRAGMENT,
    "checkins:protocol-preview": _FRAGMENT,
    "billing:void-time": "looks like the panel of time by hand, which is listed",
    "billing:explain-stay": "a panel after a long stay on a patient's page; asks why",
    "patients:void-milestone": "looks like the panel of a milestone, which is listed",
    "billing:board-file": _DATA,
    "billing:charges-file": _DATA,
    "billing:packet-json": _DATA,
    "billing:packet-pdf": _DATA,
    "reporting:file": _DATA,
    "reporting:verify-keys": _DATA,
    "account_inactive": _ACCOUNT,
    "account_signup": "registering is closed",
    "account_reauthenticate": _ACCOUNT,
    "account_email": _ACCOUNT,
    "account_email_verification_sent": _ACCOUNT,
    "account_set_password": _ACCOUNT,
    "account_confirm_login_code": _ACCOUNT,
    "account_confirm_email": _ACCOUNT,
    "account_reset_password_from_key": _ACCOUNT,
    "account_reset_password_from_key_done": _ACCOUNT,
}
# Whole families of addresses, by the beginning of their names.
NOT_SHOWN_FAMILIES: dict[str, str] = {
    "api-": _DATA,
    "mfa_": _ACCOUNT,
}
