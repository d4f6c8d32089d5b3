"""Speaks through a pipeline of pipecat and prints the outcome as JSON.

Arguments: the server's address, the text.
"""

import asyncio
import json
import sys

from pipecat.frames.frames import Frame, TTSAudioRawFrame, TTSSpeakFrame
from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.worker import PipelineWorker
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor
from pipecat.services.openai.tts import OpenAITTSService
from pipecat.workers.runner import WorkerRunner


class Listener(FrameProcessor):
    """Keeps the audio to be played."""

    def __init__(self) -> None:
        super().__init__()
        self.audio: list[TTSAudioRawFrame] = []

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        await super().process_frame(frame, direction)
        if isinstance(frame, TTSAudioRawFrame):
            self.audio.append(frame)
        await self.push_frame(frame, direction)


async def speak(address: str, text: str) -> dict[str, object]:
    settings = OpenAITTSService.Settings(voice="marin", instructions="Speak calmly.")
    service = OpenAITTSService(base_url=f"{address}/v1", api_key="unused", settings=settings)
    listener = Listener()
    worker = PipelineWorker(Pipeline([service, listener]))
    runner = WorkerRunner(handle_sigint=False)
    await runner.add_workers(worker)
    await worker.queue_frame(TTSSpeakFrame(text))
    await worker.stop_when_done()
    await runner.run()
    return {
        "frames": len(listener.audio),
        "bytes": sum(len(frame.audio) for frame in listener.audio),
        "sample_rates": sorted({frame.sample_rate for frame in listener.audio}),
    }


print(json.dumps(asyncio.run(speak(*sys.argv[1:]))))
