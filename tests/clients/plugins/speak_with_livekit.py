"""Speaks through LiveKit's plugin for OpenAI and prints the outcome as JSON.

Arguments: the server's address, the model, the text.
"""

import asyncio
import json
import sys

from livekit.agents.metrics import TTSMetrics
from livekit.plugins import openai


async def speak(address: str, model: str, text: str) -> dict[str, object]:
    tts = openai.TTS(base_url=f"{address}/v1", api_key="unused", model=model)
    measured: list[TTSMetrics] = []
    tts.on("metrics_collected", measured.append)
    async with tts.synthesize(text) as stream:
        frames = [event.frame async for event in stream]
    await tts.aclose()
    return {
        "frames": len(frames),
        "seconds": sum(frame.duration for frame in frames),
        "sample_rates": sorted({frame.sample_rate for frame in frames}),
        "input_tokens": [metrics.input_tokens for metrics in measured],
    }


print(json.dumps(asyncio.run(speak(*sys.argv[1:]))))
