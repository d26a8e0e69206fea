"""Apps import, and point foreign keys at, only themselves and the apps to their left."""

import sys

from django.apps import apps

from tests.architecture.house import APPS, NOT_PURE, ROOT, Module, files, modules

RANK = {app: place for place, app in enumerate(APPS)}


def test_imports_point_left() -> None:
    assert {module.app for module in modules()} == set(APPS)
    wrong = [
        f"{module.name} imports {name}"
        for module in modules()
        for name in sorted(module.imports())
        if (RANK.get(name.split(".")[0], -1) > RANK[module.app])
        or name.split(".")[0] in {"config", "simulator", "tests", "bench"}
    ]
    assert not wrong, "move the lines to the app that knows both"


def test_foreign_keys_point_left() -> None:
    wrong = [
        f"{model._meta.label}.{field.name}"
        for app in APPS
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.get_fields()
        if getattr(field, "many_to_one", False)
        or (getattr(field, "one_to_one", False) and not field.auto_created)
        if RANK.get(field.related_model._meta.app_label, -1) > RANK[app]
    ]
    assert not wrong


def test_the_simulator_stands_alone() -> None:
    imported = {
        (path.name, name.split(".")[0]) for path in files("simulator") for name in Module(path).imports()
    }
    assert imported
    assert not [(path, name) for path, name in imported if name in {*APPS, "config", "tests"}]


def test_pure_modules_import_only_the_standard_library_and_pure_modules() -> None:
    judged = [each for each in modules() if each.is_pure]
    pure = {_dotted(each) for each in judged}
    known = pure | {name.rsplit(".", 1)[0] for name in pure}
    assert len(judged) > 100
    wrong = [
        f"{module.name} imports {name}"
        for module in judged
        for name in sorted(module.imports())
        if not _may_be_imported(name, known=known, pure=pure)
    ]
    assert not wrong, "they are pure by their place"


def _may_be_imported(name: str, *, known: set[str], pure: set[str]) -> bool:
    """Whether a pure module may import this: the standard library, a pure module, or something of one."""
    top = name.split(".")[0]
    if top in sys.stdlib_module_names:
        return True
    return top in APPS and (name in known or name.rsplit(".", 1)[0] in pure)


def _dotted(module: Module) -> str:
    return module.name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def test_the_list_of_impure_subject_modules_is_fresh() -> None:
    stale = sorted(name for name in NOT_PURE if not (ROOT / name).exists())
    assert not stale


def test_no_module_is_part_of_an_import_circle() -> None:
    names = {_dotted(each): each for each in modules()}
    edges = {
        name: {target for target in module.imports() if target in names and target != name}
        for name, module in names.items()
    }
    circle = _circle(edges)
    assert not circle, f"these modules import each other in a circle: {' -> '.join(circle)}"


def _circle(edges: dict[str, set[str]]) -> list[str]:
    done: set[str] = set()

    def visit(name: str, path: list[str]) -> list[str]:
        if name in path:
            return [*path[path.index(name) :], name]
        if name in done:
            return []
        for target in sorted(edges[name]):
            if found := visit(target, [*path, name]):
                return found
        done.add(name)
        return []

    for start in sorted(edges):
        if found := visit(start, []):
            return found
    return []
