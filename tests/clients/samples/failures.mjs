// Prints how openai-node reports what a server started with --openai refuses, as JSON.
import OpenAI from "openai";

const openai = new OpenAI({ maxRetries: 0 });
const speech = { model: "gpt-4o-mini-tts", voice: "coral", input: "Hello." };

async function failureOf(members) {
  try {
    await openai.audio.speech.create({ ...speech, ...members });
  } catch (error) {
    const { status, code, param, type, message } = error;
    return { name: error.constructor.name, status, code, param, type, message };
  }
  return null;
}

console.log(
  JSON.stringify({
    model: await failureOf({ model: "gpt-9-tts" }),
    voice: await failureOf({ voice: "bob" }),
    instructions: await failureOf({ instructions: "x".repeat(4097) }),
  }),
);
