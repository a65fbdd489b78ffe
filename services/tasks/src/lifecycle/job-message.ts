import { extname } from 'node:path';
import type { WrittenFormat } from '@comprimemelo/contracts/formats';
import { limits } from '@comprimemelo/contracts/limits';
import type { ConversionJob } from '@comprimemelo/contracts/messages';
import { exchanges, type Lane } from '@comprimemelo/contracts/queues';
import type { TaskFile } from '@comprimemelo/contracts/task';
import { fromBytes } from '@comprimemelo/prisma/client/identifiers';
import type { File, Task } from '@comprimemelo/prisma/generated/client';
import { outboxMessage } from '@comprimemelo/prisma/outbox/outbox';
import { resultName } from '../request/result-name.js';

/** An input as the task shows it. */
export const toTaskFile = (file: { id: string; name: string; size: number }): TaskFile => ({
  id: file.id,
  name: file.name,
  extension: extname(file.name).slice(1),
  size: file.size,
});

const laneOf = (inputSize: bigint): Lane =>
  inputSize >= BigInt(limits.largeJobBytes) ? 'large' : 'small';

type JobTask = Pick<
  Task,
  'id' | 'attempt' | 'operation' | 'format' | 'options' | 'inputSize' | 'sealedPassword'
>;
type JobInput = Pick<File, 'blobKey' | 'name' | 'size'>;

/** The outbox row that queues the current attempt of a task. */
export function jobMessage(task: JobTask, inputs: JobInput[], headers: Record<string, string>) {
  const options = JSON.parse(task.options) as ConversionJob['options'];
  const names = inputs.map(({ name }) => name);
  const format = task.format as WrittenFormat | null;
  const sealed = task.sealedPassword;
  const body: ConversionJob = {
    taskId: fromBytes(task.id),
    attempt: task.attempt,
    operation: task.operation,
    format,
    options,
    ...(sealed === null ? {} : { sealedPassword: Buffer.from(sealed).toString('base64url') }),
    resultName: format === null ? null : resultName(names, format, options.name),
    inputs: inputs.map(({ blobKey, name, size }) => ({ blobKey, name, size: Number(size) })),
  };
  const routingKey = laneOf(task.inputSize);
  const secret = sealed !== null;
  return outboxMessage({ exchange: exchanges.conversions, routingKey, body, headers, secret });
}
