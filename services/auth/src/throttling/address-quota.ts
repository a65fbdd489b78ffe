import type { Database } from '@comprimemelo/prisma/client/client';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import type { FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { type Count, countedId, countInWindow } from './attempt-counts.js';
import { clientNetwork } from './client-network.js';

/** A number of requests per number of seconds from one IP address. */
export interface Quota {
  limit: number;
  seconds: number;
}

/** The configuration format of a quota: `100/900` is 100 in 900 s. */
export const QuotaText = (usual: string) =>
  Type.String({ default: usual, pattern: '^[1-9]\\d{0,8}/[1-9]\\d{0,5}$' });

export function parseQuota(text: string): Quota {
  const [limit, seconds] = text.split('/').map(Number);
  if (!limit || !seconds) throw new TypeError(`no quota: ${text}`);
  return { limit, seconds };
}

export interface AddressQuota {
  /** The id under which this request is counted. */
  idOf(request: FastifyRequest): Buffer;
  /** Throws `too-many-attempts` if the quota is used up. Counts nothing. */
  judge(counted: Count, reply: FastifyReply): void;
  /** Counts this request. Throws `too-many-attempts` if it exceeds the quota. */
  take(request: FastifyRequest, reply: FastifyReply): Promise<void>;
}

const tooMany = (wait: number) =>
  new ProblemError('too-many-attempts', {
    detail: 'Too many attempts were made from this IP address. Wait before you try again.',
    headers: { 'retry-after': String(Math.max(1, wait)) },
  });

/**
 * Counts requests per IP address, across all instances. Responses report the remaining quota as in
 * draft-ietf-httpapi-ratelimit-headers-10, with the policy name `name`.
 */
export function createAddressQuota(
  { pool }: Pick<Database, 'pool'>,
  { name, limit, seconds }: Quota & { name: string },
): AddressQuota {
  const idOf = (request: FastifyRequest) => countedId(name, clientNetwork(request.ip));

  /** Sets the headers and returns the seconds until the window ends. */
  function tell(reply: FastifyReply, { count, wait }: Count): number {
    const reset = wait > 0 ? Math.ceil(wait / 1_000) : seconds;
    const left = wait > 0 ? Math.max(0, limit - count) : limit;
    reply.header('ratelimit-policy', `"${name}";q=${limit};w=${seconds}`);
    reply.header('ratelimit', `"${name}";r=${left};t=${reset}`);
    return reset;
  }

  return {
    idOf,
    judge(counted, reply) {
      const reset = tell(reply, counted);
      if (counted.wait > 0 && counted.count >= limit) throw tooMany(reset);
    },
    async take(request, reply) {
      const counted = await countInWindow(pool, idOf(request), seconds);
      const reset = tell(reply, counted);
      if (counted.count > limit) throw tooMany(reset);
    },
  };
}
