import { ConversionJob, JobCancelled } from '@comprimemelo/contracts/messages';
import { exchanges, lanes as laneNames, queues } from '@comprimemelo/contracts/queues';
import type { BrokerConnection } from '@comprimemelo/messaging/connection';
import { consume } from '@comprimemelo/messaging/consumer';
import { watch } from '@comprimemelo/messaging/watch';
import type { Check } from '@comprimemelo/service/http/health';
import { type App, createHttpApp } from '@comprimemelo/service/http/http-app';
import { createCancels } from './worker/cancellations.js';
import {
  type ConversionMessage,
  type ConversionOptions,
  createConversionHandler,
  createExhaustedHandler,
} from './worker/consume-conversion.js';
import { createLanes } from './worker/lanes.js';

/** Milliseconds that running jobs are given at the end; what runs then goes to another worker. */
const closeWithin = 24_000;

export interface CompressorDependencies extends ConversionOptions {
  broker: BrokerConnection;
  /** Jobs at once. */
  concurrency: number;
  /** Asks whether storage is there. */
  storageReady: Check;
}

/** Health and metrics: this service has no other routes. */
export const buildApp = ({
  broker,
  logger,
  sevenZip,
  storageReady,
}: CompressorDependencies): Promise<App> =>
  createHttpApp({
    service: 'compressor',
    logger,
    checks: {
      broker: () => {
        if (!broker.ready) throw new Error('not connected');
      },
      storage: storageReady,
      sevenZip: () => `${sevenZip.version}, ${sevenZip.launcher.protection.join(', ')}`,
    },
  });

/** Every consumer of the service: one for each lane, which share the slots, and one that hears of cancels. */
export function startConsumers(dependencies: CompressorDependencies): { close(): Promise<void> } {
  const { broker, concurrency, publisher } = dependencies;
  const lanes = createLanes(concurrency);
  const handle = createConversionHandler(dependencies);
  const cancels = createCancels();
  const cancelWatch = watch(broker, {
    exchange: exchanges.jobCancels,
    bindingKey: '#',
    schema: JobCancelled,
    onMessage: cancels.cancel,
  });
  const consumers = laneNames.map((lane) =>
    consume(broker, {
      queue: queues[lane],
      concurrency: lanes.concurrency[lane],
      schema: ConversionJob,
      handler: (message: ConversionMessage) =>
        cancels.follow(message.body, (cancelled) => lanes.inSlot(() => handle(message, cancelled))),
      onExhausted: createExhaustedHandler(publisher),
      closeWithin,
    }),
  );
  return {
    async close() {
      await Promise.all(consumers.map((consumer) => consumer.close()));
      await cancelWatch.close();
    },
  };
}
