"""Every table has its tenant's key, policy and composite keys, or stands on a list with a reason."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.apps import apps
from django.db import connection, connections, models

from networks.models import Fact
from networks.tenancy import SameTenant, TenantPolicy
from tests.architecture.house import APPS

pytestmark = pytest.mark.django_db(databases=["default", "owner"])

# Tables of the five apps outside row-level security; none holds patient data.
OUTSIDE: dict[str, str] = {
    "networks_user": "people are global; what they may do comes from assignments",
    "networks_roleassignment": "read before any scope is open, to find out which",
    "networks_apiclient": "read before any scope is open, to find the one a token has; ids and a role",
    "networks_payer": "a public directory of insurers",
    "networks_workdue": "where work waits, read across practices by the schedule; ids and times only",
    "networks_heartbeat": "when processes last worked",
    "billing_rulesetedition": "a year's published rules, the same for everybody; no practice's data",
    "billing_rulesetapproval": "who approved them; no practice's data",
    "checkins_protocol": "shipped question sets, the same for everybody",
    "checkins_senderroute": "finds the practice before its scope can be opened; the practice's own number",
    "checkins_operatoralarm": "faults of lines and of the safety work, for the operator; ids, counts and times",
    "checkins_linenotice": "counts and times for the operator; never whose text it was",
}
# Foreign keys from an owned table to another owned table that need no composite key.
LOOSE_KEYS: dict[str, str] = {
    "networks_membership.practice": "names two tenants; the policy admits either",
    "networks_auditentry.practice": "the key itself, null for network entries",
    "networks_seal.practice": "the key itself, null for network seals",
}
# Django's and the libraries' tables: sign-in, sessions, their own bookkeeping.
LIBRARIES = (
    "auth",
    "contenttypes",
    "sessions",
    "account",
    "mfa",
    "usersessions",
    "allauth_idp_oidc",
    "messages",
    "migrations",
    "django_migrations",
)


def _own_models() -> list[type[models.Model]]:
    return [model for app in APPS for model in apps.get_app_config(app).get_models()]


def _tables() -> dict[str, tuple[bool, bool]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class c "
            "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND relkind IN ('r', 'p')"
        )
        return {name: (on, forced) for name, on, forced in cursor.fetchall()}


def unprotected_tables() -> list[str]:
    """Tables of ours whose row-level security is off, not forced, or without a policy for the app role."""
    own = {model._meta.db_table for model in _own_models()}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_policies WHERE policyname LIKE '%\\_tenant'")
        with_policy = {row[0] for row in cursor.fetchall()}
    return sorted(
        name
        for name, (on, forced) in _tables().items()
        if name in own and name not in OUTSIDE and not (on and forced and name in with_policy)
    )


@dataclass(frozen=True)
class ForeignKey:
    """One foreign key of the database: which column of the child equals which of the parent."""

    child: str
    parent: str
    columns: dict[str, str]
    nullable: frozenset[str]

    def proves(self, column: str, *, key: str) -> bool:
        """Whether the key is checked wherever the child has a value in the column, with the tenant's beside it."""
        return {column, key} <= set(self.columns) and not self.nullable - {column}


def foreign_keys() -> list[ForeignKey]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, confrelid::regclass::text, array_agg(a.attname::text), "
            "array_agg(f.attname::text), array_agg(a.attname::text) FILTER (WHERE NOT a.attnotnull) "
            "FROM pg_constraint c, unnest(c.conkey, c.confkey) AS k (here, there) "
            "JOIN pg_attribute a ON true JOIN pg_attribute f ON true "
            "WHERE contype = 'f' AND a.attrelid = c.conrelid AND a.attnum = k.here "
            "AND f.attrelid = c.confrelid AND f.attnum = k.there GROUP BY c.oid, conrelid, confrelid"
        )
        return [
            ForeignKey(child, parent, dict(zip(here, there, strict=True)), frozenset(nullable or ()))
            for child, parent, here, there, nullable in cursor.fetchall()
        ]


def is_bound(keys: list[ForeignKey], *, table: str, column: str, key: str, to: str) -> bool:
    """Whether a value in a column must be the id of a row of `to` and of the same tenant.

    Either a key says so, or a key to another parent makes the column equal to one of that parent's for which
    the same holds.
    """
    return any(
        (each.parent == to and each.columns[column] == "id" and each.columns[key] == key)
        or (
            each.columns[column] != "id"
            and is_bound(keys, table=each.parent, column=each.columns[column], key=key, to=to)
        )
        for each in keys
        if each.child == table and each.proves(column, key=key)
    )


def missing_composite_keys() -> list[str]:
    """Foreign keys between owned tables that would let a row point at another tenant's."""
    keys = foreign_keys()
    wrong = []
    for model in _own_models():
        for field in model._meta.concrete_fields:
            parent = field.related_model
            if (
                parent is None
                or not _is_owned(parent)
                or f"{model._meta.db_table}.{field.name}" in LOOSE_KEYS
            ):
                continue
            if field.name in {"practice", "network"}:
                continue
            table, to = model._meta.db_table, parent._meta.db_table
            if not is_bound(keys, table=table, column=field.column, key=_key(model), to=to):
                wrong.append(f"{model._meta.db_table}.{field.name}")
    return wrong


def role_faults() -> list[str]:
    """What is wrong with the role that the product runs as."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, rolbypassrls, pg_has_role(current_user, 'daybook_owner', 'MEMBER') FROM pg_roles "
            "WHERE rolname = current_user"
        )
        superuser, bypasses, is_owner = cursor.fetchone()
    return [
        fault
        for fault, holds in (
            ("superuser", superuser),
            ("bypasses", bypasses),
            ("member of the owner", is_owner),
        )
        if holds
    ]


def _is_owned(model: type[models.Model]) -> bool:
    return any(
        isinstance(each, TenantPolicy) for each in model._meta.constraints
    ) and model._meta.db_table not in {
        "networks_practice",
        "networks_network",
    }


def _key(model: type[models.Model]) -> str:
    names = {field.name for field in model._meta.concrete_fields}
    return "practice_id" if "practice" in names else "network_id"


def test_every_owned_table_is_protected(db: None) -> None:
    assert unprotected_tables() == []


def test_every_key_between_owned_tables_carries_the_tenant(db: None) -> None:
    assert missing_composite_keys() == []


def test_the_product_runs_as_a_role_that_policies_bind(db: None) -> None:
    assert role_faults() == []


def test_every_table_is_ours_and_owned_or_listed(db: None) -> None:
    own = {model._meta.db_table for model in _own_models()}
    unknown = [
        name
        for name in _tables()
        if name not in own and not name.startswith(LIBRARIES) and not name.startswith("django_")
    ]
    assert unknown == []


def test_every_owned_row_is_of_a_practice_that_exists(db: None) -> None:
    keys = foreign_keys()
    loose = [
        model._meta.db_table
        for model in _own_models()
        if _is_owned(model) and f"{model._meta.db_table}.practice" not in LOOSE_KEYS
        if _key(model) == "practice_id" and not _names_its_practice(keys, model._meta.db_table)
    ]
    assert loose == []


def _names_its_practice(keys: list[ForeignKey], table: str) -> bool:
    """Whether a key to the practice, or a key that is never null to a parent with one, proves the practice."""
    return any(
        each.parent == "networks_practice" or _names_its_practice(keys, each.parent)
        for each in keys
        if each.child == table
        and "practice_id" in each.columns
        and not each.nullable
        and each.parent != table
    )


def test_the_lists_are_fresh() -> None:
    own = {model._meta.db_table for model in _own_models()}
    fields = {
        f"{model._meta.db_table}.{field.name}"
        for model in _own_models()
        for field in model._meta.concrete_fields
    }
    assert sorted(set(OUTSIDE) - own) == []
    assert sorted(set(LOOSE_KEYS) - fields) == []
    assert [
        model._meta.db_table
        for model in _own_models()
        if model._meta.db_table in OUTSIDE and _is_owned(model)
    ] == []


def test_every_owned_child_names_its_keys_in_its_model() -> None:
    for model in _own_models():
        rules = [each for each in model._meta.constraints if isinstance(each, SameTenant)]
        named = {name for each in rules for name in (each.field, *each.along)}
        owed = {
            field.name
            for field in model._meta.concrete_fields
            if field.related_model is not None
            and _is_owned(field.related_model)
            and f"{model._meta.db_table}.{field.name}" not in LOOSE_KEYS
            and field.name not in {"practice", "network"}
        }
        assert named == owed, model._meta.label


def test_every_index_of_an_owned_table_starts_with_the_tenant_key() -> None:
    wrong = [
        f"{model._meta.db_table}: {index.name}"
        for model in _own_models()
        if _is_owned(model)
        for index in model._meta.indexes
        if index.fields[0] not in {"practice", "network"}
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("sql", "guard", "found"),
    [
        (
            "ALTER TABLE patients_patient NO FORCE ROW LEVEL SECURITY",
            unprotected_tables,
            ["patients_patient"],
        ),
        ("ALTER TABLE patients_phone DISABLE ROW LEVEL SECURITY", unprotected_tables, ["patients_phone"]),
        ("DROP POLICY checkins_reading_tenant ON checkins_reading", unprotected_tables, ["checkins_reading"]),
        (
            "ALTER TABLE patients_episode DROP CONSTRAINT patients_episode_patient_tenant",
            missing_composite_keys,
            ["patients_episode.patient"],
        ),
        (
            "ALTER TABLE checkins_outboxrow DROP CONSTRAINT checkins_outbox_message_tenant",
            missing_composite_keys,
            ["checkins_outboxrow.message", "checkins_outboxrow.sender", "checkins_outboxrow.phone"],
        ),
        (
            "ALTER TABLE checkins_plan DROP CONSTRAINT checkins_plan_episode_tenant",
            missing_composite_keys,
            ["checkins_plan.episode", "checkins_checkin.episode"],
        ),
        ("SELECT 1", role_faults, ["member of the owner"]),
    ],
    ids=[
        "not forced",
        "switched off",
        "no policy",
        "no composite key",
        "no key along",
        "no key behind a key",
        "product run as the owner",
    ],
)
def test_the_guard_notices_when_one_lock_is_taken_away(
    broken_house, sql: str, guard, found: list[str]
) -> None:
    broken_house(sql)
    assert guard() == found


@pytest.fixture
def broken_house(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Break one thing as the owner and let the guard look through the owner's eyes; the test's end undoes it."""

    def breaking(sql: str) -> None:
        with connections["owner"].cursor() as cursor:
            cursor.execute(sql)
        monkeypatch.setattr("tests.architecture.test_tenancy.connection", connections["owner"])

    return breaking


def test_facts_refuse_change_and_deletion(db: None) -> None:
    with connection.cursor() as cursor:
        for model in _own_models():
            if not issubclass(model, Fact):
                continue
            cursor.execute(
                "SELECT has_table_privilege(current_user, %s, 'UPDATE'), "
                "has_table_privilege(current_user, %s, 'DELETE'), "
                "has_table_privilege(current_user, %s, 'TRUNCATE')",
                [model._meta.db_table] * 3,
            )
            assert cursor.fetchone() == (False, False, False), model._meta.label
