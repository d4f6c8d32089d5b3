"""Imports point one way, so that speech stays usable without the web server."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

APP = Path(__file__).parent.parent / "app"
MODULES = {
    ".".join(path.relative_to(APP.parent).with_suffix("").parts): path for path in APP.rglob("*.py")
}


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} has a relative import"
            assert node.module is not None
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def importing(*packages: str) -> set[str]:
    """The modules of the application that import one of `packages` or anything in it."""
    return {
        module
        for module, path in MODULES.items()
        for name in imports_of(path)
        if any(name == package or name.startswith(f"{package}.") for package in packages)
    }


def test_speech_imports_nothing_else_of_the_application() -> None:
    for module, path in MODULES.items():
        if module.startswith("app.tts"):
            others = {name for name in imports_of(path) if name.split(".")[0] == "app"}
            assert all(name.startswith("app.tts") for name in others), module


def test_speech_knows_no_web_framework() -> None:
    assert not {m for m in importing("flask", "werkzeug", "gevent") if m.startswith("app.tts")}


def test_only_the_native_threads_import_gevent() -> None:
    assert importing("gevent") == {"app.native"}


def test_only_what_makes_code_imports_the_compiler() -> None:
    compiling = importing("llvmlite")
    assert compiling
    room = "app.tts.vocoder.kernels."
    assert {name for name in compiling if not name.startswith(room)} == {
        "app.tts.vocoder.machine_code.object_code"
    }
    reaching = importing(*compiling) - compiling
    assert {name for name in reaching if not name.startswith(room)} == {"app.tts.vocoder.making"}


def test_loading_a_model_imports_no_compiler() -> None:
    code = "import sys, app.loading; sys.exit('llvmlite' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=APP.parent).returncode == 0


def test_only_its_own_parts_import_gunicorn() -> None:
    assert importing("gunicorn") == {
        "app.gunicorn_config",
        "app.gunicorn_logger",
        "app.gunicorn_worker",
        "app.systemd",
    }


@pytest.mark.parametrize("module", ["onnxruntime", "flask", "requests"])
def test_what_gunicorn_runs_before_it_forks_imports_nothing_that_workers_must_not_inherit(
    module: str,
) -> None:
    server = "SimpleNamespace(log=logging.getLogger(), pidfile=None, START_CTX={})"
    code = "import logging, sys, app.gunicorn_config, app.gunicorn_worker; "
    code += f"from types import SimpleNamespace; app.gunicorn_config.on_starting({server}); "
    code += f"sys.exit({module!r} in sys.modules)"
    environ = {**os.environ, "KOKORO_PRECISION": "int8"}
    assert subprocess.run([sys.executable, "-c", code], cwd=APP.parent, env=environ).returncode == 0


def test_only_the_factory_imports_blueprints() -> None:
    assert importing("app.blueprints") <= {"app.__init__"}


def test_the_stage_imports_only_speech_and_its_own_parts() -> None:
    names = {name for name in imports_of(MODULES["app.stage"]) if name.split(".")[0] == "app"}
    parts = (
        "app.tts",
        "app.condition",
        "app.interruptions",
        "app.metrics",
        "app.native",
        "app.performance",
        "app.playback",
        "app.supervisor",
        "app.turns",
        "app.workload",
    )
    assert all(name.startswith(parts) for name in names)


@pytest.mark.parametrize("module", ["flask", "numpy", "requests"])
def test_reading_the_settings_imports_nothing_that_gevent_should_patch_first(module: str) -> None:
    code = f"import sys, app.settings; sys.exit({module!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=APP.parent).returncode == 0
