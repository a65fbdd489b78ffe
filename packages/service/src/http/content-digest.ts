import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { ProblemError } from './problem-error.js';

/** Node's names of the algorithms that are verified; any other is passed over (RFC 9530, section 2). */
const algorithms: Readonly<Record<string, string>> = { 'sha-256': 'sha256', 'sha-512': 'sha512' };

export interface DigestCheck {
  update(chunk: Buffer): void;
  /** Throws `digest-mismatch` unless the chunks were what the header has announced. */
  verify(): void;
}

/** One member of the field: `sha-256=:<base64>:`. Throws `invalid-request` where it cannot be read. */
function readMember(member: string): { algorithm: string; digest: Buffer } | undefined {
  const [name = '', ...value] = member.trim().split('=');
  const algorithm = algorithms[name];
  if (algorithm === undefined) return undefined;
  const base64 = /^:([A-Za-z0-9+/]+={0,2}):$/.exec(value.join('='))?.[1];
  if (base64 === undefined) {
    const detail = `Content-Digest has no value of the form ${name}=:<base64>:.`;
    throw new ProblemError('invalid-request', { detail });
  }
  return { algorithm, digest: Buffer.from(base64, 'base64') };
}

/** What holds a body against its Content-Digest; undefined where there is none to hold it against. */
export function digestCheck(header: string | string[] | undefined): DigestCheck | undefined {
  const members = [header ?? []]
    .flat()
    .join()
    .split(',')
    .flatMap((one) => readMember(one) ?? []);
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

/** Methods of whose requests Fastify reads no body. */
const unread = ['GET', 'HEAD', 'OPTIONS'];

const parsedWhole = /^application\/(?:json|x-www-form-urlencoded)\b/i;

/**
 * Holds the bodies that Fastify parses as a whole against their Content-Digest, where they have one.
 * Multipart forms are read as streams: guardBody does the same for them.
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
    // The request may be answered before its body is read: then nobody else listens.
    checked.on('error', () => undefined);
    return payload.pipe(checked);
  });
}
