// Sends one file in pieces, and goes on by itself after any break. Knows no page and no list.

import { PassingError, RefusedError, ask } from "./wire.js";

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

/** By this the server and this browser know the same file again after a reload. */
export const fingerprintOf = (file) => `${file.size}:${file.lastModified}:${file.name}`.slice(0, 600);

/**
 * Send `row.file` until the server has all of it; `row.received` and `row.id` are kept current.
 * @param tell called with ("sending" | "retrying", words) at every step
 * @throws {RefusedError | DOMException} the last when `signal` fired
 */
export async function transfer(row, { address, role, signal, tell }) {
  let wait = FIRST_WAIT_MS;
  while (!row.isComplete) {
    const before = row.pieces;
    try {
      tell("sending", "");
      await attempt(row, { address, role, signal, tell });
      row.isComplete = true;
    } catch (error) {
      if (error.status === 404) row.id = null; // removed elsewhere: if sent again, then anew
      if (!(error instanceof PassingError)) throw error;
      await checkReadable(row.file);
      tell("retrying", `${error.message}: will go on by itself.`);
      wait = row.pieces > before ? FIRST_WAIT_MS : wait;
      await pause(wait, signal);
      wait = Math.min(2 * wait, LONGEST_WAIT_MS);
    }
  }
}

/** Ask where the server stands, then send piece after piece until it has everything. */
async function attempt(row, { address, role, signal, tell }) {
  let known = row.id
    ? await ask("GET", `${address}/${row.id}`, { signal })
    : await announce(row, { address, role, signal });
  row.id = known.id;
  row.received = known.received_bytes;
  while (row.received < row.file.size) {
    known = await sendPiece(row, known.chunk_bytes, { address, signal, tell });
    row.received = known.received_bytes;
    row.pieces += 1;
  }
}

function announce({ file }, { address, role, signal }) {
  const said = { name: file.name, size_bytes: file.size, role, fingerprint: fingerprintOf(file) };
  return ask("POST", address, { body: JSON.stringify(said), signal });
}

async function sendPiece(row, pieceBytes, { address, signal, tell }) {
  const offset = row.received;
  const answer = await ask("PUT", `${address}/${row.id}?offset=${offset}`, {
    body: row.file.slice(offset, offset + pieceBytes),
    signal,
    onSent: (count) => {
      row.received = Math.min(offset + count, row.file.size);
      tell("sending", "");
    },
  });
  if (answer.status === 409) throw new PassingError("Another tab or window is sending this file");
  return answer;
}

/** A file that was changed or removed meanwhile fails like a lost connection, but for ever. */
async function checkReadable(file) {
  try {
    await file.slice(0, 1).arrayBuffer();
  } catch {
    throw new RefusedError("The file was changed or moved on this computer. Choose it again.");
  }
}

/** Wait, but not longer than until the connection is back. */
function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const done = new AbortController();
    const end = (settle) => () => (done.abort(), clearTimeout(timer), settle());
    const timer = setTimeout(end(resolve), milliseconds);
    addEventListener("online", end(resolve), { signal: done.signal });
    signal.addEventListener("abort", end(() => reject(signal.reason)), { signal: done.signal });
    if (signal.aborted) end(() => reject(signal.reason))();
  });
}
