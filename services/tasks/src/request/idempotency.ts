import { createHash, createHmac } from 'node:crypto';
import type { Task } from '@comprimemelo/contracts/task';
import type { Database } from '@comprimemelo/prisma/client/client';
import { uniqueConstraint } from '@comprimemelo/prisma/client/database-errors';
import { toBytes } from '@comprimemelo/prisma/client/identifiers';
import type { IdempotencyKey, Prisma } from '@comprimemelo/prisma/generated/client';
import { keysOf } from '@comprimemelo/service/identity/sealed-box';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import type { ReceivedFile } from '@comprimemelo/uploads/received-form';
import { type Claim, isDead, leaseFrom, renewLease } from './key-lease.js';

/** How long a response is replayed, in milliseconds. */
const kept = 24 * 3_600_000;

/** A request with an Idempotency-Key. Source: draft-ietf-httpapi-idempotency-key-header. */
export interface IdempotentRequest {
  /** The first response, if any, to be replayed if the request is the same. */
  first: IdempotencyKey | undefined;
  /** Stores the response in the transaction that creates the task. */
  keep(hash: Buffer, task: Task): Prisma.PrismaPromise<unknown>[];
  /** Releases the key after a failure. Where the database is away the claim runs out by itself. */
  release(): Promise<void>;
  /** Renews the claim no longer. */
  stop(): void;
}

type RequestedFile = Pick<ReceivedFile, 'name' | 'path' | 'modified' | 'sha256'>;

/** What tells a file from another; without a folder and a time of its own as before there were any. */
const identityOf = ({ name, path, modified, sha256 }: RequestedFile): unknown[] =>
  path === name && modified === null ? [name, sha256] : [name, sha256, path, modified];

/**
 * HMAC-SHA-256 over what a request asks for: two requests of one hash are one request sent twice. Under TASK_SECRETS_KEY,
 * since from a plain digest a password could be guessed: one hash for each of its keys, the newest first.
 */
export const requestHashes = (
  requested: unknown,
  files: readonly RequestedFile[],
  keys: string,
): [Buffer, ...Buffer[]] => {
  const text = JSON.stringify([requested, files.map(identityOf)]);
  const under = (key: string) => createHmac('sha256', `idempotency ${key}`).update(text).digest();
  const [first, ...former] = keysOf(keys);
  return [under(first), ...former.map(under)];
};

/** The first response, if the request is the same. Throws `idempotency-mismatch`. */
export function replay(first: IdempotencyKey, hashes: readonly Buffer[]): Task {
  const stored = first.requestHash ?? Buffer.alloc(0);
  if (first.response === null || !hashes.some((hash) => hash.equals(stored))) {
    throw new ProblemError('idempotency-mismatch');
  }
  return JSON.parse(first.response) as Task;
}

/** Claims the key for this request. Throws `idempotency-in-flight` while another request holds it. */
export async function beginIdempotent(
  db: Database,
  ownerId: string,
  key: string,
): Promise<IdempotentRequest> {
  const { idempotencyKey: rows } = db.prisma;
  const keyHash = new Uint8Array(createHash('sha256').update(key).digest());
  const id = { ownerId: toBytes(ownerId), keyHash };
  const now = new Date();
  const claim: Claim = { ...id, createdAt: now };

  async function take(): Promise<IdempotencyKey | undefined> {
    try {
      const expiresAt = new Date(now.getTime() + kept);
      await rows.create({ data: { ...claim, expiresAt, leaseUntil: leaseFrom(now) } });
      return undefined;
    } catch (error) {
      if (uniqueConstraint(error) === undefined) throw error;
    }
    const first = await rows.findUnique({ where: { ownerId_keyHash: id } });
    if (first === null) return take();
    if (first.expiresAt > now && !isDead(first, now)) return first;
    await rows.deleteMany({ where: { ...id, createdAt: first.createdAt } });
    return take();
  }

  const first = await take();
  if (first !== undefined && first.response === null) {
    throw new ProblemError('idempotency-in-flight', { headers: { 'retry-after': '1' } });
  }
  const renewal = first === undefined ? renewLease(db, claim) : undefined;
  return {
    first,
    keep: (hash, task) => [
      rows.update({
        // Matches the row of this request only: another one may have taken over the key.
        where: { ownerId_keyHash: id, createdAt: now, response: null },
        data: {
          requestHash: new Uint8Array(hash),
          response: JSON.stringify(task),
          leaseUntil: null,
        },
      }),
    ],
    async release() {
      if (first === undefined)
        await rows.deleteMany({ where: { ...claim, response: null } }).catch(() => undefined);
    },
    stop: () => renewal?.stop(),
  };
}
