import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { parseDictionary } from 'structured-headers';
import { ProblemError } from '../problem/problem-error.js';

/** Node's names of the algorithms that are verified; any other is passed over (RFC 9530, section 2). */
const algorithms: Readonly<Record<string, string>> = { 'sha-256': 'sha256', 'sha-512': 'sha512' };

export interface DigestCheck {
  update(chunk: Buffer): void;
  /** Throws `digest-mismatch` unless the chunks match the header. */
  verify(): void;
}

const unreadable = (detail: string, cause?: unknown) =>
  new ProblemError('invalid-request', { detail, cause });

/** The digests of the algorithms that are verified. Throws `invalid-request` where the field cannot be read. */
function readDigests(header: string): { algorithm: string; digest: Buffer }[] {
  let members: ReturnType<typeof parseDictionary>;
  try {
    members = parseDictionary(header);
  } catch (error) {
    throw unreadable('Content-Digest has no value of the form sha-256=:<base64>:.', error);
  }
  return [...members].flatMap(([name, [digest]]) => {
    const algorithm = algorithms[name];
    if (algorithm === undefined) return [];
    if (digest instanceof ArrayBuffer) return [{ algorithm, digest: Buffer.from(digest) }];
    throw unreadable(
      `Content-Digest must contain a ${name} digest in the form ${name}=:<base64>:.`,
    );
  });
}

/** Creates the check of a body against its Content-Digest; undefined if there is nothing to verify. */
export function digestCheck(header: string | string[] | undefined): DigestCheck | undefined {
  const members = readDigests([header ?? []].flat().join());
  if (members.length === 0) return undefined;
  const hashes = members.map(({ algorithm, digest }) => ({ hash: createHash(algorithm), digest }));
  return {
    update(chunk) {
      for (const { hash } of hashes) hash.update(chunk);
    },
    verify() {
      const agrees = hashes.every(({ hash, digest }) => hash.digest().equals(digest));
      if (!agrees) throw new ProblemError('digest-mismatch');
    },
  };
}

/** Methods for which Fastify does not read a body. */
const unread = ['GET', 'HEAD', 'OPTIONS'];

const parsedWhole = /^application\/(?:json|x-www-form-urlencoded)\b/i;

/**
 * Verifies the Content-Digest of the bodies that Fastify parses as a whole. Multipart forms are streamed, and
 * guardBody verifies those.
 */
export function verifyContentDigests(app: FastifyInstance): void {
  app.addHook('preParsing', async ({ headers, method }, _reply, payload) => {
    const isRead = !unread.includes(method) && parsedWhole.test(headers['content-type'] ?? '');
    if (!isRead) return payload;
    const check = digestCheck(headers['content-digest']);
    if (check === undefined) return payload;
    const checked = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        check.update(chunk);
        done(null, chunk);
      },
      flush(done) {
        try {
          check.verify();
          done();
        } catch (error) {
          done(error as Error);
        }
      },
    });
    payload.once('error', (error) => checked.destroy(error));
    // The response may be sent before the body is read; then this is the only error listener.
    checked.on('error', () => undefined);
    return payload.pipe(checked);
  });
}
