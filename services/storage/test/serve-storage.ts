import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { type IncomingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServiceIdentity } from '@comprimemelo/service/identity/service-identity';
import { createLogger } from '@comprimemelo/service/process/logger';
import { buildApp } from '../src/app.js';
import { prepareDisk } from '../src/disk-layout.js';
import type { Caller } from '../src/permissions.js';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface Question {
  method?: string;
  /** Sent as it is: nothing normalises `..` away. */
  path: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** Whose identity is shown; null shows none. */
  as?: Caller | null;
}

export interface ServedStorage {
  port: number;
  root: string;
  keys: Record<Caller, string>;
  identity(caller: Caller): string;
  ask(question: Question): Promise<Answer>;
  close(): Promise<void>;
}

const secret = () => randomBytes(32).toString('base64url');

/** The storage app, listening in this process on a directory of its own. */
export async function serveStorage(maxBytes?: number): Promise<ServedStorage> {
  const root = await mkdtemp(join(tmpdir(), 'storage-'));
  const keys = { tasks: secret(), files: secret(), compressor: secret() };
  const layout = await prepareDisk(root);
  const logger = createLogger('storage', 'silent');
  const app = await buildApp({ logger, layout, keys, ...(maxBytes ? { maxBytes } : {}) });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const identity = (service: Caller) =>
    createServiceIdentity({ service, audience: 'storage', key: keys[service] })();

  function ask({ method = 'GET', path, headers = {}, body, as = 'tasks' }: Question) {
    const shown = as === null ? headers : { authorization: identity(as), ...headers };
    return new Promise<Answer>((resolve, reject) => {
      const asked = request({
        host: '127.0.0.1',
        port,
        method,
        path,
        headers: shown,
        agent: false,
      });
      asked.on('error', reject);
      asked.on('response', async (response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk as Buffer);
        const { statusCode: status = 0, headers: answered } = response;
        resolve({ status, headers: answered, body: Buffer.concat(chunks) });
      });
      asked.end(body);
    });
  }

  return {
    port,
    root,
    keys,
    identity,
    ask,
    async close() {
      await app.close();
      await rm(root, { recursive: true });
    },
  };
}

/** The slug of a problem's type. */
export const slugOf = ({ body }: Answer): string =>
  (JSON.parse(body.toString()) as { type: string }).type.replace('/problems/', '');
