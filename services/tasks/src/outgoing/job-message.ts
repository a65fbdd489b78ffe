import { limits } from '@comprimemelo/contracts/limits';
import type { ConversionJob } from '@comprimemelo/contracts/messages';
import { exchanges, type Lane } from '@comprimemelo/contracts/queues';
import { outboxMessage } from '@comprimemelo/prisma/outbox/outbox';

const laneOf = (inputs: ConversionJob['inputs']): Lane =>
  inputs.reduce((sum, { size }) => sum + size, 0) >= limits.largeJobBytes ? 'large' : 'small';

export interface QueuedJob extends Omit<ConversionJob, 'sealedPassword'> {
  /** As the task's row has it. */
  sealedPassword: Uint8Array | null;
}

/** The outbox row by which a task's current attempt is queued. `headers`: request id and trace context. */
export function jobMessage(
  { sealedPassword, ...job }: QueuedJob,
  headers: Record<string, string>,
): ReturnType<typeof outboxMessage> {
  const secret = sealedPassword !== null;
  const body: ConversionJob = secret
    ? { ...job, sealedPassword: Buffer.from(sealedPassword).toString('base64url') }
    : job;
  const routingKey = laneOf(job.inputs);
  return outboxMessage({ exchange: exchanges.conversions, routingKey, body, headers, secret });
}
