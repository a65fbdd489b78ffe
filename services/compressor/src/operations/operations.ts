import type { OperationName } from '@comprimemelo/contracts/states';
import type { Operation } from '../job/running-job.js';
import { compress } from './compress.js';
import { convert } from './convert.js';
import { decompress } from './decompress.js';
import { inspect } from './inspect.js';

export const operations: Readonly<Record<OperationName, Operation>> = {
  compress,
  convert,
  decompress,
  inspect,
};
