// What openai-node makes of a server: prints its findings as JSON, for test_openai_node.py.
// Arguments: the server's address, that of one which refuses, and its key.
import OpenAI from "openai";

const [address, strictAddress, key] = process.argv.slice(2);
const client = new OpenAI({ baseURL: `${address}/v1`, apiKey: "unused", maxRetries: 0 });
const strict = new OpenAI({ baseURL: `${strictAddress}/v1`, apiKey: key });
const speech = { model: "tts-1", voice: "alloy", input: "Hello there. Goodbye." };

async function bytesOf(request) {
  const reply = await client.audio.speech.create({ ...speech, ...request });
  return Buffer.from(await reply.arrayBuffer()).toString("base64");
}

async function failureOf(action) {
  try {
    await action();
  } catch (error) {
    const { status, code, param, type } = error;
    return { name: error.constructor.name, status, code, param, type };
  }
  return null;
}

// Asks to speak until that is refused, which shows that a request before it has begun.
async function refusalWithin(milliseconds) {
  const deadline = Date.now() + milliseconds;
  let refusal = null;
  while (refusal === null && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    refusal = await failureOf(() =>
      strict.audio.speech.create({ ...speech, input: "hello" }, { maxRetries: 0 }),
    );
  }
  return refusal;
}

async function retriesWhileBusy() {
  const patient = { maxRetries: 5 };
  const slow = strict.audio.speech.create({ ...speech, input: "slow" }, patient);
  const refusal = await refusalWithin(10_000);
  const reply = await strict.audio.speech.create({ ...speech, input: "hello" }, patient);
  await (await slow).arrayBuffer();
  return { refusal, status: reply.status };
}

async function streamed() {
  const reply = await client.audio.speech.create({ ...speech, response_format: "pcm" });
  const parts = [];
  for await (const part of reply.body) parts.push(Buffer.from(part));
  return { parts: parts.length, audio: Buffer.concat(parts).toString("base64") };
}

async function events() {
  const request = { model: "gpt-4o-mini-tts", response_format: "mp3", stream_format: "sse" };
  const reply = await client.audio.speech.create({ ...speech, ...request });
  return (await reply.text())
    .trim()
    .split("\n\n")
    .map((line) => JSON.parse(line.replace(/^data: /, "")));
}

const formats = {};
for (const name of ["wav", "pcm", "mp3", "opus", "aac", "flac"]) {
  formats[name] = await bytesOf({ response_format: name });
}
const models = [];
for await (const model of client.models.list()) models.push(model.id);

console.log(
  JSON.stringify({
    formats,
    models,
    streamed: await streamed(),
    events: await events(),
    failures: {
      speed: await failureOf(() => client.audio.speech.create({ ...speech, speed: 9 })),
      model: await failureOf(() => client.models.retrieve("whisper-1")),
      key: await failureOf(() => strict.withOptions({ apiKey: "wrong" }).models.list()),
      inference: await failureOf(() =>
        strict.audio.speech.create({ ...speech, input: "breakdown" }, { maxRetries: 0 }),
      ),
    },
    busy: await retriesWhileBusy(),
  }),
);
