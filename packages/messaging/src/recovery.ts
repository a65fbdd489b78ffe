import type { Duplex } from 'node:stream';
import { type ChannelModel, connect, credentials, type RecoveringChannelModel } from 'amqplib';
import type { Logger } from './logger.js';

/** Milliseconds between two attempts to connect: the first, and the most it grows to. */
const initialDelay = 200;
const maxDelay = 2_000;
/** Seconds between signs of life: a broker that is silent for twice as long is gone. */
const heartbeat = 20;
/** Milliseconds that a broker may be silent before and during the handshake. */
const handshakeWithin = 10_000;

interface RecoveryOptions {
  logger: Logger;
  /** Shown in the broker's management pages. */
  name: string;
  /** Runs on each new connection before anybody else gets it. Rejects only where that one is lost. */
  setup(model: ChannelModel): Promise<void>;
  onBlocked(blocked: boolean): void;
  /** Nothing more is logged from then on. */
  closing: AbortSignal;
}

/** The client reads %C3%B1 in a password as two letters, and takes the heartbeat only from the address. */
function addressOf(url: string) {
  const address = new URL(url);
  const { username, password, searchParams } = address;
  if (!searchParams.has('heartbeat')) searchParams.set('heartbeat', String(heartbeat));
  const plain = credentials.plain(decodeURIComponent(username), decodeURIComponent(password));
  return { url: address.href, ...(username === '' ? {} : { credentials: plain }) };
}

/** Connects, and again whenever the connection is lost, until it is closed. Says once why it is away. */
export async function openRecovering(
  url: string,
  { logger, name, setup, onBlocked, closing }: RecoveryOptions,
): Promise<RecoveringChannelModel> {
  const { url: address, ...account } = addressOf(url);
  const socketOptions = {
    ...account,
    // By default Nagle's algorithm holds an acknowledgement back until the one before it is answered.
    noDelay: true,
    keepAlive: true,
    timeout: handshakeWithin,
    clientProperties: { connection_name: name },
    recovery: { initialDelay, maxDelay, waitForConnect: false, setup },
  };
  const model = await connect(address, socketOptions);
  let said: string | undefined;
  const warn = (err: Error) => {
    if (said !== err.message && !closing.aborted) {
      logger.warn({ err }, 'error on the connection to RabbitMQ');
    }
    said = err.message;
  };
  model.on('error', warn);
  model.on('disconnect', warn);
  model.on('connect-failed', warn);
  model.on('connect', () => {
    said = undefined;
    logger.info({}, 'connected to RabbitMQ');
  });
  model.on('blocked', (reason) => {
    logger.warn({ reason }, 'RabbitMQ takes no messages for now');
    onBlocked(true);
  });
  model.on('unblocked', () => onBlocked(false));
  return model;
}

/** Ends the socket now. The client waits for ever where the broker does not answer, and does not show it. */
export function cut({ connection }: ChannelModel): void {
  const { stream } = connection as unknown as { stream: Duplex };
  stream.destroy(new Error('the connection is closed'));
}
