import type { BrokerConnection } from '@comprimemelo/messaging/connection';
import type { Check } from '@comprimemelo/service/http/health';
import type { ConversionOptions } from './worker/consume-conversion.js';

export interface CompressorDependencies extends ConversionOptions {
  broker: BrokerConnection;
  /** Jobs at once. */
  concurrency: number;
  /** Asks whether storage is there. */
  storageReady: Check;
}
