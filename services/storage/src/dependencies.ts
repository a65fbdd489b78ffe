import type { Logger } from '@comprimemelo/service/process/logger';
import type { DiskLayout } from './disk-layout.js';
import type { Caller } from './permissions.js';

export interface StorageOptions {
  logger: Logger;
  /** From prepareDisk. */
  layout: DiskLayout;
  /** The secret with which each caller signs its identity. */
  keys: Record<Caller, string>;
  /** Maximum size of a blob in bytes; default: limited only by the disk. */
  maxBytes?: number;
}
