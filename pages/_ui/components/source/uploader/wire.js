// One request to the server of this page. Knows the answers' meaning for a retry, not the files.

// A connection that moves nothing for this long is dead, even if nobody said so.
const SILENCE_MS = 45_000;
// Answers of a server or proxy that is busy or on its way up.
const PASSING = new Set([408, 425, 429, 502, 504]);

/** The connection or the server is gone for now: trying again is right. */
export class PassingError extends Error {}

/** The server said no in words: only the user can do something about it. */
export class RefusedError extends Error {
  constructor(message, status = 0) {
    super(message);
    this.status = status;
  }
}

/**
 * The JSON of the answer, with its `status` (2xx or 409).
 * @throws {PassingError | RefusedError | DOMException} the last (AbortError) when `signal` fired
 */
export function ask(method, url, { body = null, signal = null, onSent = () => {} } = {}) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    request.setRequestHeader("X-Groundshift", "1");
    request.setRequestHeader("Cache-Control", "no-store");
    let silence;
    const heard = () => {
      clearTimeout(silence);
      silence = setTimeout(() => request.abort(), SILENCE_MS);
    };
    const stop = () => request.abort();
    request.upload.onprogress = (event) => (heard(), onSent(event.loaded));
    request.onreadystatechange = heard;
    request.onload = () => settle(request, resolve, reject);
    request.onerror = request.onabort = () => reject(reasonOf(signal));
    request.onloadend = () => (clearTimeout(silence), signal?.removeEventListener("abort", stop));
    if (signal?.aborted) return reject(reasonOf(signal));
    signal?.addEventListener("abort", stop);
    heard();
    request.send(body);
  });
}

function reasonOf(signal) {
  return signal?.aborted ? signal.reason : new PassingError("Connection lost");
}

function settle({ status, responseText }, resolve, reject) {
  const answer = parsed(responseText);
  if ((status >= 200 && status < 300) || status === 409) resolve({ ...answer, status });
  else if (PASSING.has(status) || (status >= 500 && !answer.error)) reject(new PassingError("The server is busy"));
  else reject(new RefusedError(wordsOf(answer, status), status));
}

function parsed(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

function wordsOf({ error, remedy }, status) {
  if (error) return [error, remedy].filter(Boolean).join(" ");
  return `The server refused this file (status ${status}). Reload the page and choose it again.`;
}
