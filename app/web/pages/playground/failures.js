/** Failures of requests, as messages for people. */

/** Members of requests that may be refused, with the names of their fields on the page. */
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
   * @param {string | null} param the member of the request at fault; `key` for the key
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

/** The reply is not one of this server's, such as the login page of a proxy. */
export function unreadable() {
  return new Failure("The server's answer could not be read.");
}

/** The request did not reach the server; a browser does not say why. */
export function unreached() {
  return new Failure("The server cannot be reached. See that it is running, and the network up.");
}

/**
 * Returns the failure for a reply with an error status.
 *
 * @param {Response} reply
 * @param {string} key the key that was sent, empty for none
 */
export async function refusal(reply, key) {
  const error = await reply.json().then(
    (body) => body?.error ?? {},
    () => ({}), // a proxy answers with HTML
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
