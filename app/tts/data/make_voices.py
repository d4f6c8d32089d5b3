"""Makes voices-v1.0.bin from the voices of the npm package kokoro-js 1.2.1.

    npm pack kokoro-js@1.2.1 && tar xzf kokoro-js-1.2.1.tgz
    python make_voices.py package/voices voices-v1.0.bin

The package holds each voice as raw float32; the result is the npz that kokoro-onnx publishes
under this name, byte for byte.
"""

import sys
from pathlib import Path

import numpy as np

from app.tts.voices.pack import VoicePack
from app.tts.voices.styles import STYLE_ROWS, STYLE_WIDTH


def main(folder: Path, target: Path) -> None:
    """Join the voices in `folder` into `target`, and check the result against its checksum."""
    arrays = {
        path.stem: np.fromfile(path, np.float32).reshape(STYLE_ROWS, 1, STYLE_WIDTH)
        for path in sorted(folder.glob("*.bin"))
    }
    with target.open("wb") as file:
        np.savez(file, **arrays)  # type: ignore[arg-type]
    VoicePack.load(target)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
