import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import type { Task } from '@comprimemelo/contracts/task';
import type { ApiClient, Fields } from './api-client.js';

const run = promisify(execFile);

const authorization = ({ token }: ApiClient) => ['-H', `Authorization: Bearer ${token}`];

/** Creates a task as curl does: what a large file costs is then the services', not the test's. */
export async function createTaskByCurl(
  client: ApiClient,
  fields: Fields,
  path: string,
): Promise<Task> {
  const form = [`file=@${path}`, ...Object.entries(fields).map((pair) => pair.join('='))];
  const args = ['-sS', '--fail-with-body', ...authorization(client)];
  for (const part of form) args.push('-F', part);
  const { stdout } = await run('curl', [...args, `${client.origin}/api/tasks`]);
  return JSON.parse(stdout) as Task;
}

/** The SHA-256 in hex of what is downloaded by curl. */
export async function sha256ByCurl(client: ApiClient, path: string): Promise<string> {
  const args = ['-sSfL', ...authorization(client), `${client.origin}${path}`];
  const child = spawn('curl', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const hash = createHash('sha256');
  await pipeline(child.stdout, hash);
  const [code] = await exited;
  if (code !== 0) throw new Error(`curl exited with ${code}`);
  return hash.digest('hex');
}
