"""The law of the house as a program: what import-linter's floors cannot see."""

import ast
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "ssc"
MODULES = sorted(SOURCE.rglob("*.py"))
PACKAGES = sorted(p for p in SOURCE.iterdir() if (p / "__init__.py").exists())

# Inside a package a file imports only from ranks below its own; those of one rank do not know each other.
RANKS = {
    name: rank
    for rank, names in enumerate(
        (
            ("models",),
            ("rules",),
            ("forms", "shapes"),
            ("queries",),
            ("letters", "live"),
            ("actions",),
            ("access", "loaders"),
            ("pages", "api", "jobs"),
        )
    )
    for name in names
}
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "base", "manager", "managers", "service", "services"}
FORBIDDEN_NAMES |= {"constants", "misc", "shared"}
NO_ROUTES = {"people", "programmes", "places"}  # packages below accounts
LONGEST_FUNCTION = 50
LONGEST_MODULE = 300
DATA = {"demo", "roster/reading/synonyms.py", "places", "programmes/catalogue.py"}  # long lists of words


def name_of(module: Path) -> str:
    return module.relative_to(SOURCE).as_posix()


def parsed(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"), str(module))


def imports(tree: ast.AST) -> Iterator[tuple[ast.stmt, str]]:
    """Every imported module, `from ssc.a import b` being both `ssc.a` and `ssc.a.b`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node, node.module
            yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))


def calls(tree: ast.AST, *names: str) -> Iterator[ast.Call]:
    """Calls of `names`, whether bare or as a method."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            function = node.func
            called = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
            if called in names:
                yield node


def place_of(parts: Sequence[str]) -> tuple[tuple[str, ...], str] | None:
    """The package, or the folder of one, in which a module or dotted name stands, and the ranked file it leads to."""
    at = next((n for n, part in enumerate(parts) if part in RANKS), None)
    return None if at is None else (tuple(parts[:at]), parts[at])


@pytest.mark.parametrize("package", [p for p in PACKAGES if p.name not in ("core", "web")], ids=lambda p: p.name)
def test_inside_a_package_files_import_only_what_stands_before_them(package: Path) -> None:
    """The same for a folder with files of its own, such as `communities/albums`."""
    wrong = []
    for module in package.rglob("*.py"):
        own = place_of(("ssc", *module.relative_to(SOURCE).with_suffix("").parts))
        for node, dotted in imports(parsed(module)):
            other = place_of(dotted.split("."))
            if own is None or other is None or other[0] != own[0] or other[1] == own[1]:
                continue
            if RANKS[other[1]] >= RANKS[own[1]]:
                wrong.append(f"{name_of(module)}:{node.lineno} imports {dotted}")
    assert wrong == []


def test_only_the_database_module_commits() -> None:
    """A request is one transaction: whoever commits in between makes half a change durable."""
    wrong = [
        f"{name_of(module)}:{call.lineno}"
        for module in MODULES
        if name_of(module) not in ("core/db.py", "tables.py")  # migrations run outside of sessions
        for call in calls(parsed(module), "commit", "rollback")
        if _is_session(call)
    ]
    assert wrong == []


def _is_session(call: ast.Call) -> bool:
    holder = call.func.value if isinstance(call.func, ast.Attribute) else None
    return isinstance(holder, ast.Name) and "redis" not in holder.id and "valkey" not in holder.id


def test_only_failures_refusals_and_progress_are_written_apart() -> None:
    """`database.apart()` stands although the request is rolled back; each use is listed here with its reason."""
    allowed = {
        "accounts",  # counted failures of sign-in, and the audit of refused access
        "roster",  # an import's progress
        "directory",  # the audit of someone reading the whole directory
        "moderation",  # the audit of each look at what was reported
        "events",  # the audit of who takes the names and answers of those who come away
    }
    users = {name_of(m).split("/")[0] for m in MODULES if list(calls(parsed(m), "apart"))} - {"core"}
    assert users <= allowed


def test_relationships_raise_and_point_down() -> None:
    """A lazy load in a template would be a query nobody sees; a relationship up would be a cycle."""
    wrong = []
    for module in MODULES:
        for call in calls(parsed(module), "relationship"):
            lazy = next((k.value for k in call.keywords if k.arg == "lazy"), None)
            if not (isinstance(lazy, ast.Constant) and lazy.value == "raise"):
                wrong.append(f"{name_of(module)}:{call.lineno}")
            if any(k.arg in ("backref", "back_populates") for k in call.keywords):
                wrong.append(f"{name_of(module)}:{call.lineno} points both ways")
    assert wrong == []


def test_nothing_is_imported_inside_functions() -> None:
    wrong = [
        f"{name_of(module)}:{node.lineno}"
        for module in MODULES
        for function in functions(parsed(module))
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert wrong == []


def test_no_import_hides_behind_type_checking() -> None:
    wrong = [
        f"{name_of(module)}:{node.lineno}"
        for module in MODULES
        for node in ast.walk(parsed(module))
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        if any(dotted.startswith("ssc") for _node, dotted in imports(node))
    ]
    assert wrong == []


def test_nothing_reads_the_environment_at_import() -> None:
    """`create_app(settings)` decides; two applications of different settings live in one process."""
    wrong = []
    for module in MODULES:
        tree = parsed(module)
        inside = set(chain.from_iterable(ast.walk(f) for f in functions(tree)))
        for node in ast.walk(tree):
            read = isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv", "environb")
            made = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Settings"
            if (read or made) and node not in inside:
                wrong.append(f"{name_of(module)}:{getattr(node, 'lineno', 0)}")
    assert wrong == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    named = {part for module in MODULES for part in module.relative_to(SOURCE).with_suffix("").parts}
    assert named & FORBIDDEN_NAMES == set()


def test_packages_below_accounts_have_no_routes() -> None:
    wrong = [name_of(m) for m in MODULES if name_of(m).split("/")[0] in NO_ROUTES and m.stem in ("api", "pages")]
    assert wrong == []


def test_routes_hold_no_sql() -> None:
    """Parse, one call, answer: selects have names and live in queries."""
    wrong = [
        f"{name_of(module)} imports {dotted}"
        for module in MODULES
        if {"api", "pages"} & {module.stem, module.parent.name} and module.parts[-2] != "web"
        for _node, dotted in imports(parsed(module))
        if dotted.split(".")[0] == "sqlalchemy"
    ]
    assert wrong == []


def test_every_module_says_in_one_sentence_what_it_knows() -> None:
    assert [name_of(m) for m in MODULES if not ast.get_docstring(parsed(m))] == []


def test_functions_stay_within_fifty_lines() -> None:
    wrong = [
        f"{name_of(module)}:{f.lineno} {f.name} has {(f.end_lineno or 0) - f.lineno + 1}"
        for module in MODULES
        for f in functions(parsed(module))
        if (f.end_lineno or 0) - f.lineno + 1 > LONGEST_FUNCTION
    ]
    assert wrong == []


def test_modules_stay_within_three_hundred_lines() -> None:
    wrong = [
        f"{name_of(module)} has {lines}"
        for module in MODULES
        if not any(name_of(module).startswith(d) for d in DATA)
        if (lines := len(module.read_text(encoding="utf-8").splitlines())) > LONGEST_MODULE
    ]
    assert wrong == []
