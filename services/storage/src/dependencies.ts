import type { Logger } from '@comprimemelo/service/process/logger';
import type { DiskLayout } from './disk-layout.js';
import type { Caller } from './permissions.js';

export interface StorageOptions {
  logger: Logger;
  /** From prepareDisk. */
  layout: DiskLayout;
  /** The secret that each caller signs its identity with. */
  keys: Record<Caller, string>;
  /** The longest blob that is kept, in bytes; without it the disk decides. */
  maxBytes?: number;
}
