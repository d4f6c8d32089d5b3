"""The time that `/health` takes while eight requests are spoken, ordinary and hostile ones."""

import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import requests

from bench.report import publish
from tests.servers import Server, gunicorn_server

REQUESTS = 8
LOADS = {
    "sentences, one voice": [("af_heart", "This is a sentence. Here is another one.")],
    "a sentence in six more languages, each for the first time": [
        (voice, "This is a sentence.")
        for voice in ("bf_emma", "ef_dora", "ff_siwis", "hf_alpha", "if_sara", "pf_dora")
    ],
    "4,096 dots": [("af_heart", "." * 4096)],
    "4,000 dots and a letter": [("ef_dora", "." * 4000 + "a")],
}


def waits_under(server: Server, load: list[tuple[str, str]]) -> list[float]:
    """Return the seconds that each `/health` took while the load was spoken, sorted."""
    jobs = [load[number % len(load)] for number in range(REQUESTS)]
    threads = [
        threading.Thread(target=server.speak, args=(text,), kwargs={"voice": voice})
        for voice, text in jobs
    ]
    waits = []
    session = requests.Session()
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads) or not waits:
        started = time.perf_counter()
        session.get(f"{server.url}/health").raise_for_status()
        waits.append(time.perf_counter() - started)
        time.sleep(0.005)
    return sorted(waits)


def main() -> None:
    rows = []
    with gunicorn_server({}) as server:
        server.wait_until_healthy()
        for name, load in LOADS.items():
            waits = waits_under(server, load)
            row = [name, len(waits)]
            row += [f"{1000 * waits[int(len(waits) * part)]:.0f}" for part in (0.5, 0.99)]
            rows.append([*row, f"{1000 * waits[-1]:.0f}"])
            print(rows[-1], file=sys.stderr)
    header = ["eight requests at once", "probes", "median ms", "99th of 100 ms", "worst ms"]
    publish("health", "What /health takes while eight requests are spoken", header, rows)


if __name__ == "__main__":
    main()
