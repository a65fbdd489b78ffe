import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import type { Task } from '@comprimemelo/contracts/task';
import type { BenchFormat } from './config.js';
import type { SampleFile } from './sample-files.js';

/** Seconds that one request waits for a task to finish. */
const wait = 60;
const boundary = randomUUID();
const agent = new Agent({ keepAlive: true });

/** A user who compresses files through the API. */
export interface ApiUser {
  /** Uploads the file and resolves to the id of the task. */
  createTask(file: SampleFile, format: BenchFormat): Promise<string>;
  /** Resolves when the task is processed; throws if it fails or is cancelled. */
  processed(id: string): Promise<void>;
  deleteTask(id: string): Promise<void>;
}

/** The bytes of the form before and after those of the file. */
const formAround = (name: string, format: string): [Buffer, Buffer] => [
  Buffer.from(
    `--${boundary}\r\nContent-Disposition: form-data; name="format"\r\n\r\n${format}\r\n` +
      `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\n` +
      'Content-Type: application/octet-stream\r\n\r\n',
  ),
  Buffer.from(`\r\n--${boundary}--\r\n`),
];

/** Signs up and logs in at the origin. */
export async function newApiUser(origin: string, signal: AbortSignal): Promise<ApiUser> {
  const send = async (path: string, init: RequestInit): Promise<Response> => {
    const response = await fetch(`${origin}/api/${path}`, { ...init, signal });
    if (response.ok) return response;
    throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  };
  const username = `bench-${randomUUID()}`.slice(0, 40);
  const person = { username, email: `${username}@example.com`, password: randomUUID() };
  const body = JSON.stringify(person);
  const json = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
  await send('auth/signup', json);
  const tokens = (await (await send('auth/login', json)).json()) as { access_token: string };
  const authorization = `Bearer ${tokens.access_token}`;

  return {
    async createTask({ name, content }, format) {
      const [before, after] = formAround(name, format);
      const request = httpRequest(`${origin}/api/tasks`, {
        method: 'POST',
        agent,
        signal,
        headers: {
          authorization,
          'content-type': `multipart/form-data; boundary=${boundary}`,
          'content-length': before.length + content.length + after.length,
        },
      });
      // Written in three pieces, so that the benchmark does not measure how Node builds forms.
      for (const piece of [before, content]) request.write(piece);
      request.end(after);
      const [answer] = (await once(request, 'response')) as [IncomingMessage];
      const text = (await answer.setEncoding('utf8').toArray()).join('');
      if (answer.statusCode !== 202) throw new Error(`createTask answered ${text}`);
      return (JSON.parse(text) as Task).id;
    },
    async processed(id) {
      for (;;) {
        const answer = await send(`tasks/${id}?wait=${wait}`, { headers: { authorization } });
        const task = (await answer.json()) as Task;
        if (task.status === 'processed') return;
        if (task.finishedAt !== null) throw new Error(`task ${id}: ${JSON.stringify(task)}`);
      }
    },
    async deleteTask(id) {
      await send(`tasks/${id}`, { method: 'DELETE', headers: { authorization } });
    },
  };
}
