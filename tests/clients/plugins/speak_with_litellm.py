"""Speaks through LiteLLM and prints the outcome as JSON.

Arguments: the server's address, the text.
"""

import asyncio
import base64
import json
import os
import sys

import openai

os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"  # otherwise it downloads prices when imported

import litellm


async def speak(address: str, text: str) -> dict[str, object]:
    options = {
        "model": "openai/gpt-4o-mini-tts",
        "voice": "alloy",
        "input": text,
        "api_base": f"{address}/v1",
        "api_key": "unused",
        "max_retries": 0,
    }
    whole = litellm.speech(**options).content
    as_asked = (await litellm.aspeech(**options, response_format="wav", speed=1.5)).content
    try:
        litellm.speech(**{**options, "model": "openai/gpt-9-tts"})
    except openai.NotFoundError as error:
        refusal = str(error)
    return {
        "mp3": base64.b64encode(whole).decode(),
        "wav": base64.b64encode(as_asked).decode(),
        "refusal": refusal,
    }


print(json.dumps(asyncio.run(speak(*sys.argv[1:]))))
