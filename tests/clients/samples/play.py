"""Plays speech while it arrives, as OpenAI's guide shows it, with its asynchronous client."""

import asyncio

from openai import AsyncOpenAI
from openai.helpers import LocalAudioPlayer

client = AsyncOpenAI()


async def main() -> None:
    async with client.audio.speech.with_streaming_response.create(
        model="gpt-4o-mini-tts",
        voice="coral",
        input="Today is a wonderful day to build something people love!",
        instructions="Speak in a cheerful and positive tone.",
        response_format="pcm",
    ) as response:
        await LocalAudioPlayer().play(response)


asyncio.run(main())
