"""Modules import nothing that would cost time, memory or a patch of gevent where they are used.

The order of the packages is in setup.cfg; `make check` holds it.
"""

import os
import subprocess
import sys

import pytest

from tests.servers import PROJECT


def exit_status(code: str, **environ: str) -> int:
    return subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, env={**os.environ, **environ}
    ).returncode


def test_loading_a_model_imports_no_compiler() -> None:
    assert exit_status("import sys, app.loading.engine; sys.exit('llvmlite' in sys.modules)") == 0


def test_parsing_json_imports_no_engine() -> None:
    code = "import sys, app.web.json_body; "
    code += "sys.exit(any(name.startswith('app.tts') for name in sys.modules))"
    assert exit_status(code) == 0


@pytest.mark.parametrize("module", ["onnxruntime", "flask", "requests"])
def test_gunicorns_master_imports_nothing_that_workers_must_not_inherit(
    module: str,
) -> None:
    server = "SimpleNamespace(log=logging.getLogger(), pidfile=None, START_CTX={})"
    code = "import logging, sys, app.server.config, app.server.worker; "
    code += f"from types import SimpleNamespace; app.server.config.on_starting({server}); "
    code += f"sys.exit({module!r} in sys.modules)"
    assert exit_status(code, KOKORO_PRECISION="int8") == 0


@pytest.mark.parametrize("module", ["flask", "numpy", "requests"])
def test_reading_the_settings_imports_nothing_that_gevent_should_patch_first(module: str) -> None:
    assert exit_status(f"import sys, app.settings; sys.exit({module!r} in sys.modules)") == 0
