import { ConversionJob, JobCancelled } from '@comprimemelo/contracts/messages';
import { exchanges, lanes as laneNames, queues } from '@comprimemelo/contracts/queues';
import { consume } from '@comprimemelo/messaging/consumer';
import { watch } from '@comprimemelo/messaging/watch';
import type { CompressorDependencies } from './dependencies.js';
import { createCancels } from './worker/cancellations.js';
import {
  type ConversionMessage,
  createConversionHandler,
  createExhaustedHandler,
} from './worker/consume-conversion.js';
import { createLanes } from './worker/lanes.js';

/** Milliseconds that running jobs get at shutdown; unfinished ones go to another worker. */
const closeWithin = 24_000;

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
        cancels.runCancellable(message.body, (cancelled) =>
          lanes.inSlot(() => handle(message, cancelled)),
        ),
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
