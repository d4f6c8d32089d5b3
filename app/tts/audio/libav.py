"""MP3, Opus, AAC and FLAC, encoded by libav through PyAV."""

import weakref
from collections.abc import Mapping

import av
import numpy as np
from av.audio.stream import AudioStream

from app.tts.audio.formats import pcm16
from app.tts.audio.mp3_info import info_frame
from app.tts.types import SAMPLE_RATE, Samples

MP3_BIT_RATE = AAC_BIT_RATE = 96_000
OPUS_BIT_RATE = 48_000
"""Bits per second."""

_REPRODUCIBLE = {"fflags": "+bitexact"}
_AT_ONCE = {"flush_packets": "1"}

_CHECKSUM_AT = 18
"""Offset of the samples' MD5 sum in FLAC's STREAMINFO; zeros mean that there is none."""


class LibavEncoder:
    """Encodes with one of libav's codecs into a container that is sent while it is written.

    Threads may use it in turn, but not two at once.
    """

    def __init__(
        self,
        codec: str,
        container: str,
        *,
        sample_format: str,
        bit_rate: int | None = None,
        options: Mapping[str, str] | None = None,
    ) -> None:
        """Set up `codec` to write into `container` with its `options`, all by their names in libav.

        Raises `ValueError` when the build of libav lacks one of them.
        """
        self._written = _Written()
        self._container = av.open(
            self._written,
            "w",
            format=container,
            container_options={**_REPRODUCIBLE, **_AT_ONCE, **(options or {})},
        )
        # A container and its streams refer to each other until it is closed, and an encoder whose
        # client went away is never finished. At exit, a thread may still be encoding.
        weakref.finalize(self, self._container.close).atexit = False
        stream = self._container.add_stream(codec, rate=SAMPLE_RATE, layout="mono")
        assert isinstance(stream, AudioStream)
        self._stream = stream
        self._stream.codec_context.format = sample_format
        if bit_rate is not None:
            self._stream.codec_context.bit_rate = bit_rate
        self.samples = 0
        """Number of samples so far."""

    def encode(self, samples: Samples) -> bytes:
        """Return the bytes that the codec and the container have ready."""
        if samples.size:
            pcm = np.frombuffer(pcm16(samples), "<i2").reshape(1, -1)
            frame = av.AudioFrame.from_ndarray(pcm, format="s16", layout="mono")
            frame.sample_rate = SAMPLE_RATE
            frame.pts = self.samples
            self.samples += samples.size
            self._write(frame)
        return self._written.take()

    def finish(self) -> bytes:
        """Return the rest, with the end of the container."""
        # Most players do not accept a file without a frame.
        start = b"" if self.samples else self.encode(np.zeros(1, np.float32))
        self._write(None)
        self._container.close()
        return start + self._written.take()

    def header(self) -> bytes:
        """Return nothing: the first bytes need no correction."""
        return b""

    def _write(self, frame: av.AudioFrame | None) -> None:
        """Write the packets that the codec makes of `frame`, or, for None, those it still has."""
        for packet in self._stream.encode(frame):
            self._container.mux(packet)


class Mp3Encoder(LibavEncoder):
    """MP3 whose first frame tells decoders how much silence LAME puts before the speech."""

    def __init__(self) -> None:
        # The muxer's own first frame holds the delay only once the file is complete.
        options = {"write_xing": "0", "id3v2_version": "0"}
        super().__init__(
            "libmp3lame", "mp3", sample_format="s16p", bit_rate=MP3_BIT_RATE, options=options
        )
        self._first_frame = b""
        self._frames = 0

    def header(self) -> bytes:
        """Return the first frame, with the length in it."""
        return info_frame(self._first_frame, samples=self.samples, frames=self._frames)

    def _write(self, frame: av.AudioFrame | None) -> None:
        for packet in self._stream.encode(frame):
            if packet.pts is not None and packet.pts >= self.samples:
                continue  # LAME ends with one frame of silence too many
            if not self._first_frame:
                self._first_frame = bytes(packet)
                self._written.write(info_frame(self._first_frame))
            self._frames += 1
            self._container.mux(packet)


class OpusEncoder(LibavEncoder):
    """Opus in Ogg, which marks both ends of the speech to the sample."""

    def __init__(self) -> None:
        # The default of one second in a page would delay the first sound.
        options = {"page_duration": "40000"}
        super().__init__(
            "libopus", "ogg", sample_format="s16", bit_rate=OPUS_BIT_RATE, options=options
        )


class AacEncoder(LibavEncoder):
    """AAC-LC in ADTS, which cannot mark the silence that the encoder puts before the speech."""

    def __init__(self) -> None:
        super().__init__("aac", "adts", sample_format="fltp", bit_rate=AAC_BIT_RATE)

    def _write(self, frame: av.AudioFrame | None) -> None:
        for packet in self._stream.encode(frame):
            # Without the packet before the speech, decoders fade in its first 43 ms, which are
            # nearly silent.
            if packet.pts is None or packet.pts >= 0:
                self._container.mux(packet)


class FlacEncoder(LibavEncoder):
    """FLAC, with exactly the samples of PCM."""

    def __init__(self) -> None:
        # The muxer would leave 8 kB of room for tags.
        options = {"metadata_header_padding": "0"}
        super().__init__("flac", "flac", sample_format="s16", options=options)

    def header(self) -> bytes:
        """Return the STREAMINFO block with the length in it."""
        stream_info = self._stream.codec_context.extradata or b""
        # The codec's checksum is wrong when it is flushed twice, as PyAV does.
        stream_info = stream_info[:_CHECKSUM_AT].ljust(len(stream_info), b"\0")
        return b"fLaC" + len(stream_info).to_bytes(4, "big") + stream_info


class _Written:
    """The muxer's output until it is taken; it has no `seek`, because the rest may be sent."""

    def __init__(self) -> None:
        self._data = bytearray()

    def write(self, data: bytes) -> int:
        self._data += data
        return len(data)

    def take(self) -> bytes:
        data, self._data = bytes(self._data), bytearray()
        return data
