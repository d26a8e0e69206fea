"""The house as the tests know it: which apps, which files are pure, what each kind of file may do."""

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("networks", "patients", "checkins", "billing", "reporting")

# The kinds of file that an app may hold besides its pure modules.
KINDS = frozenset(
    {
        "models",
        "selectors",
        "services",
        "gateways",
        "tasks",
        "crons",
        "webhooks",
        "api",
        "views",
        "forms",
        "presenters",
        "urls",
        "admin",
        "management",
        "apps",
        "migrations",
        "templatetags",
        "context_processors",
        "middleware",
    }
)
EDGES = frozenset({"views", "api", "webhooks", "forms", "presenters", "tasks", "crons", "middleware"})

# Subject modules that need Django or another library, each with its reason.
NOT_PURE: dict[str, str] = {
    "checkins/alert_queue.py": "reads alerts and drills for their pages",
    "checkins/checks.py": "answers Django's system check",
    "checkins/doorbell.py": "speaks to Celery and Redis",
    "networks/access.py": "decorates views",
    "networks/api_clients.py": "reads tokens and whose machine shows them",
    "networks/audit.py": "writes audit entries",
    "networks/clock.py": "reads the clock, so that nothing else has to",
    "networks/clock_check.py": "asks the database for its clock",
    "networks/cover.py": "reads the rota",
    "networks/encryption.py": "a model field over the cryptography library",
    "networks/keys.py": "reads the clock and random bytes",
    "networks/round_trips.py": "asks the database",
    "networks/said.py": "answers requests with a short line",
    "networks/scoping.py": "opens transactions",
    "networks/sign_in.py": "adapts allauth",
    "networks/tenancy.py": "model constraints",
    "networks/turns.py": "takes locks of the database",
    "networks/work.py": "writes work-due rows",
    "networks/workspaces.py": "reads role assignments",
    "patients/phones.py": "numbers are parsed by the phonenumbers library",
}


@dataclass(frozen=True)
class Module:
    """One file of an app."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @property
    def app(self) -> str:
        return self.name.split("/", 1)[0]

    @property
    def kind(self) -> str:
        parts = self.name.split("/")
        return parts[1].removesuffix(".py")

    @property
    def is_pure(self) -> bool:
        return self.kind not in KINDS and self.name not in NOT_PURE and self.kind != "__init__"

    def imports(self) -> frozenset[str]:
        """Return every module that the file imports, late imports included."""
        return imports(self.path)


@cache
def tree(path: Path) -> ast.Module:
    """Return a file's syntax tree, parsed once."""
    return ast.parse(path.read_text(), filename=str(path))


@cache
def imports(path: Path) -> frozenset[str]:
    """Return every module that a file imports; looked up once."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(found)


@cache
def modules() -> tuple[Module, ...]:
    """Return every Python file of the five apps, migrations left out."""
    return tuple(
        Module(path)
        for app in APPS
        for path in sorted((ROOT / app).rglob("*.py"))
        if "migrations" not in path.parts and "__pycache__" not in path.parts
    )


def files(*folders: str) -> list[Path]:
    """Return the Python files below some folders, migrations left out."""
    return [
        path
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "migrations" not in path.parts and "__pycache__" not in path.parts
    ]
