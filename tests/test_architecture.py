"""The shape of the project, checked: which app may import which, and where Python finds them."""

import ast
import site
from collections.abc import Iterator
from functools import cache
from importlib.machinery import PathFinder
from pathlib import Path

import pytest
from django.conf import settings

# Lowest first. An app imports only from the layers below its own; apps that
# share a layer do not know each other.
LAYERS = [
    {"association", "errands", "private_files"},
    {"notices"},
    {"accounts"},
    {"pages"},
    {"accompaniment"},
    {"candidates", "passport"},
    {"news", "guides", "videos", "events", "decks"},
    {"home", "spaces"},
    {"actess"},
]
APPS = [app for layer in LAYERS for app in sorted(layer)]
LONGEST_FILE = 300
LONGEST_FUNCTION = 40
NO_NAME_AT_ALL = {"common", "core", "helpers", "lib", "misc", "util", "utils"}

each_app = pytest.mark.parametrize("app", APPS)


def folder(app: str) -> Path:
    return settings.SITE / app if app == "actess" else settings.ROOT / app


@cache
def sources(app: str) -> list[tuple[Path, ast.Module]]:
    ours = (path for path in sorted(folder(app).rglob("*.py")) if "migrations" not in path.parts)
    return [(path.relative_to(settings.ROOT), ast.parse(path.read_text())) for path in ours]


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The line and the top-level package of each import."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.split(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.lineno, node.module.split(".")[0]


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@each_app
def test_an_app_imports_only_from_below(app):
    [level] = [number for number, layer in enumerate(LAYERS) if app in layer]
    off_limits = set(APPS).difference({app}, *LAYERS[:level])

    wrong = [
        f"{path}:{line} imports {package}"
        for path, tree in sources(app)
        for line, package in imports(tree)
        if package in off_limits
    ]

    assert wrong == []


@each_app
def test_no_import_hides_in_a_function(app):
    """A cycle is broken by moving code, not by delaying the import."""
    hidden = [
        f"{path}:{line} imports {package}"
        for path, tree in sources(app)
        for function in functions(tree)
        if function.name != "ready"  # AppConfig.ready() has no choice
        for line, package in imports(function)
    ]

    assert hidden == []


@each_app
def test_no_app_listens_to_the_signals_of_our_own_models(app):
    """What follows a write is said where the write is, so that it can be read there."""
    models = {"post_delete", "post_save", "pre_delete", "pre_save", "m2m_changed"}

    listening = [
        f"{path}:{node.lineno} {name}"
        for path, tree in sources(app)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.db.models.signals"
        for name in sorted(models & {alias.name for alias in node.names})
    ]

    assert listening == []


@each_app
def test_files_and_functions_can_be_read_in_one_go(app):
    too_long = []
    for path, tree in sources(app):
        lines = len((settings.ROOT / path).read_text().splitlines())
        if lines > LONGEST_FILE:
            too_long.append(f"{path}: {lines} lines")
        for function in functions(tree):
            lines = function.end_lineno - function.lineno + 1
            if lines > LONGEST_FUNCTION:
                too_long.append(f"{path}:{function.lineno} {function.name}: {lines} lines")

    assert too_long == []


@each_app
def test_every_module_has_a_name_that_says_something(app):
    assert [str(path) for path, _ in sources(app) if NO_NAME_AT_ALL & {path.stem, *path.parts}] == []


@each_app
def test_no_installed_package_has_the_same_name(app):
    """`events` of the package index would win over ours wherever Python starts outside this folder."""
    assert PathFinder.find_spec(app, site.getsitepackages()) is None


def test_every_app_has_a_layer():
    ours = {path.parent.name for path in settings.ROOT.glob("*/__init__.py")} - {"tests"}

    assert ours | {"actess"} == set(APPS)


def test_site_is_still_the_standard_library_module():
    assert hasattr(site, "getsitepackages")
    assert not (settings.SITE / "__init__.py").exists()


@each_app
def test_only_the_settings_read_the_environment(app):
    readers = [
        f"{path}:{node.lineno}"
        for path, tree in sources(app)
        if "settings" not in path.parts and path.name != "wsgi.py"  # which names the settings
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
    ]

    assert readers == []
