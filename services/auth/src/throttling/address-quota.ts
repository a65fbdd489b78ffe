import type { Database } from '@comprimemelo/prisma/client/client';
import { ProblemError } from '@comprimemelo/service/http/problem-error';
import type { FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { type Count, countedId, countInWindow } from './attempt-counts.js';
import { clientNetwork } from './client-network.js';

/** So many in so many seconds from one address. */
export interface Quota {
  limit: number;
  seconds: number;
}

/** A quota as it is configured: `100/900` for 100 in 900 s. */
export const QuotaText = (usual: string) =>
  Type.String({ default: usual, pattern: '^[1-9]\\d{0,8}/[1-9]\\d{0,5}$' });

export function parseQuota(text: string): Quota {
  const [limit, seconds] = text.split('/').map(Number);
  if (!limit || !seconds) throw new TypeError(`no quota: ${text}`);
  return { limit, seconds };
}

export interface AddressQuota {
  /** Under what this request is counted. */
  idOf(request: FastifyRequest): Buffer;
  /** Throws `too-many-attempts` where nothing is left. Counts nothing. */
  judge(counted: Count, reply: FastifyReply): void;
  /** Counts this request. Throws `too-many-attempts` where it is one too many. */
  take(request: FastifyRequest, reply: FastifyReply): Promise<void>;
}

const tooMany = (wait: number) =>
  new ProblemError('too-many-attempts', {
    detail: 'Too many attempts came from this address.',
    headers: { 'retry-after': String(Math.max(1, wait)) },
  });

/**
 * Counts requests by their address, for all instances together. Answers carry what is left, by
 * draft-ietf-httpapi-ratelimit-headers-10; `name` is the policy's name there.
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
