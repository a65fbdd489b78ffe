// @ts-check
import { connect } from 'node:net';

/** Milliseconds that a server has for its first bytes. */
const patience = 3_000;

/** @typedef {{ port: number, host?: string } | { path: string }} Place */
/** @typedef {'answers' | 'other' | 'away'} Answer */

/**
 * Connects, says `hello` and looks at the first bytes that come: `other` where they are of another protocol,
 * `away` where none came in time.
 * @param {Place} place
 * @param {{ hello?: Buffer, isIt: (bytes: Buffer) => boolean, timeout: number }} how
 * @returns {Promise<Answer>}
 */
function ask(place, { hello, isIt, timeout }) {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', ...place });
    let connected = false;
    // Over names that do not resolve, too, whose look-up has no bound of its own.
    const timer = setTimeout(() => end('away'), timeout);
    /** @param {Answer} answer */
    function end(answer) {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    }
    socket.once('connect', () => {
      connected = true;
      if (hello !== undefined) socket.write(hello);
    });
    socket.once('data', (bytes) => end(isIt(bytes) ? 'answers' : 'other'));
    socket.once('error', () => end(connected ? 'other' : 'away'));
    socket.once('end', () => end('other'));
  });
}

const handshakeVersion = 10;

/**
 * @param {Place} place
 * @param {number} [timeout] milliseconds
 */
export const askDatabase = (place, timeout = patience) =>
  ask(place, { isIt: (bytes) => bytes[4] === handshakeVersion, timeout });

const amqpHeader = Buffer.from('AMQP\x00\x00\x09\x01', 'latin1');
const methodFrame = 1;

/**
 * @param {Place} place
 * @param {number} [timeout] milliseconds
 */
export const askBroker = (place, timeout = patience) =>
  ask(place, { hello: amqpHeader, isIt: (bytes) => bytes[0] === methodFrame, timeout });

/**
 * True when a MySQL or MariaDB server greets, as it does once it takes connections.
 * @param {Place} place
 */
export const databaseGreets = async (place) => (await askDatabase(place)) === 'answers';

/**
 * True when an AMQP 0-9-1 broker opens the handshake.
 * @param {Place} place
 */
export const brokerAnswers = async (place) => (await askBroker(place)) === 'answers';
