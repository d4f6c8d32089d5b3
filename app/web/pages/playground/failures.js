/** What went wrong with a request, in words. */

/** What a request may be refused for, by the name of the field on the page. */
const FIELD_NAMES = {
  input: "Text",
  voice: "Voice",
  speed: "Speed",
  response_format: "Format",
};

/** A request that failed; the message is for people. */
export class Failure extends Error {
  /**
   * @param {string} message
   * @param {string | null} param the member of the request that is to blame, `key` for the key
   */
  constructor(message, param = null) {
    super(message);
    this.param = param;
  }
}

/** The stream or file ended before its end. */
export function brokenOff() {
  return new Failure("The connection broke off before all of the speech had arrived.");
}

/** The server answered something else than it promises; a page to log in at, say. */
export function unreadable() {
  return new Failure("The server's answer could not be read.");
}

/** The request did not reach the server; a browser does not say why. */
export function unreached() {
  return new Failure("The server cannot be reached. See that it is running, and the network up.");
}

/**
 * The server answered, and refused.
 *
 * @param {Response} reply
 * @param {string} key the key that was sent, empty for none
 */
export async function refusal(reply, key) {
  const error = await reply.json().then(
    (body) => body?.error ?? {},
    () => ({}), // what a proxy in between says is HTML
  );
  const wait = waiting(reply.headers.get("Retry-After"));
  switch (reply.status) {
    case 401:
      return new Failure(
        key
          ? "The server does not know this API key. See that it is typed right."
          : "This server asks for a key. Type it in the field “API key”.",
        "key",
      );
    case 429:
      return new Failure(`The server is busy with other requests. ${wait}`);
    case 503:
      return new Failure(`${error.message ?? "The server is not ready."} ${wait}`);
    default:
      return new Failure(complaint(reply, error), error.param ?? null);
  }
}

function waiting(seconds) {
  if (!seconds) {
    return "Try again in a moment.";
  }
  return `Try again in ${seconds} ${seconds === "1" ? "second" : "seconds"}.`;
}

function complaint(reply, { message, param }) {
  if (typeof message !== "string" || !message) {
    return `The server answered with status ${reply.status} and gave no reason.`;
  }
  const reason = message.replace(/^Invalid '\w+': /, "");
  return FIELD_NAMES[param] ? `${FIELD_NAMES[param]}: ${reason}` : reason;
}
