"""A process gives large blocks back to the system when it frees them."""

import subprocess
import sys

import pytest

from tests.servers import PROJECT

SCRIPT = """
import threading
from app.loading.allocator import give_back_large_blocks

give_back_large_blocks()

def use() -> None:
    for _ in range(3):  # the first round raises glibc's limit
        blocks = [bytearray(8 << 20) for _ in range(8)]
        last = bytearray(100_000)  # keeps glibc from trimming the memory before it
        kept.append(last)
        del blocks

kept = []
threads = [threading.Thread(target=use) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(int(open("/proc/self/statm").read().split()[1]) * 4096 >> 20)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc keeps large blocks")
def test_large_blocks_are_given_back() -> None:
    command = [sys.executable, "-c", SCRIPT]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    assert int(done.stdout) < 60  # MB resident; otherwise it is 270
