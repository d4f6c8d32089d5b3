"""Runs deploy/nginx.conf with the machine's nginx, as the tests' user, on a free port."""

import grp
import os
import pwd
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.programs import find
from tests.servers import PROJECT, STOP_SECONDS, free_port, wait_until

DEPLOY = PROJECT / "deploy"
NGINX = find("nginx") or "nginx"
HAS_IPV6 = os.access("/proc/sys/net/ipv6", os.F_OK)
_TEMPORARY_FOLDERS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def rendered_nginx(
    folder: Path,
    upstream_ports: Sequence[int],
    port: int,
    replacements: Mapping[str, str] | None = None,
) -> Path:
    """Write deploy/nginx.conf and its folder to `folder`, with this machine's user, paths and port.

    `replacements` maps texts of nginx.conf to others, and is applied first.
    """
    shutil.copytree(DEPLOY / "nginx", folder / "nginx")
    upstream = folder / "nginx" / "upstream.conf"
    options = upstream.read_text().splitlines()[-1].split(maxsplit=2)[2]
    lines = [f"server 127.0.0.1:{number} {options}\n" for number in upstream_ports]
    upstream.write_text("".join(lines))

    user, group = pwd.getpwuid(os.getuid()).pw_name, grp.getgrgid(os.getgid()).gr_name
    temporary = "".join(f"    {name}_temp_path {folder / name};\n" for name in _TEMPORARY_FOLDERS)
    text = (DEPLOY / "nginx.conf").read_text()
    for old, new in {
        **(replacements or {}),
        "user www-data;": f"user {user} {group};",
        "pid /run/nginx.pid;": f"pid {folder / 'pid'};",
        "worker_processes auto;": "worker_processes 2;",
        "error_log /var/log/nginx/error.log ": f"error_log {folder / 'error.log'} ",
        "access_log /var/log/nginx/access.log ": f"access_log {folder / 'access.log'} ",
        "http {\n": "http {\n" + temporary,
        "listen 80;": f"listen 127.0.0.1:{port};",
    }.items():
        assert old in text, f"deploy/nginx.conf has no {old!r}"
        text = text.replace(old, new)
    # Those of tls.conf may come first.
    text = re.sub(r"listen \[::\]:80;", f"listen [::1]:{port};" if HAS_IPV6 else "", text)
    config = folder / "nginx.conf"
    config.write_text(text)
    return config


@contextmanager
def running_nginx(
    tmp_path: Path,
    upstream_ports: Sequence[int],
    replacements: Mapping[str, str] | None = None,
) -> Iterator[str]:
    """Run nginx in front of servers on `upstream_ports` of this machine, and give its URL.

    Its logs are `nginx/access.log` and `nginx/error.log` under `tmp_path`.
    """
    folder = tmp_path / "nginx"
    folder.mkdir()
    port = free_port()
    config = rendered_nginx(folder, upstream_ports, port, replacements)
    command = [NGINX, "-p", str(folder), "-c", str(config), "-e", str(folder / "error.log")]
    command += ["-g", "daemon off;"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            wait_until(lambda: _listens(port) or process.poll() is not None)
            assert process.poll() is None, process.communicate()[1]
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
