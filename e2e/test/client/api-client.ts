import { randomUUID } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import type { Task } from '@comprimemelo/contracts/task';

export interface Input {
  name: string;
  content: Blob;
  /** Of a file of this machine. */
  path?: string;
}

/** A file of this machine, streamed when it is sent. */
export const inputFile = async (path: string, name = basename(path)): Promise<Input> => ({
  name,
  content: await openAsBlob(path),
  path,
});

export const inputText = (name: string, text: string): Input => ({
  name,
  content: new Blob([text]),
});

export type Fields = Record<string, string>;

/** A person who uses the API through its one origin. */
export interface ApiClient {
  origin: string;
  token: string;
  refreshToken: string;
  username: string;
  email: string;
  request(path: string, init?: RequestInit): Promise<Response>;
  createTask(fields: Fields, inputs: Input[]): Promise<Response>;
  /** The task when it has ended. */
  ended(id: string): Promise<Task>;
  /** Creates a task, and resolves when it has ended. */
  run(fields: Fields, inputs: Input[]): Promise<Task>;
}

export const credentials = () => {
  const username = `u-${randomUUID()}`;
  return { username, email: `${username}@example.com`, password: 'correct horse battery' };
};

export function formOf(fields: Fields, inputs: Input[]): FormData {
  const form = new FormData();
  for (const { name, content } of inputs) form.append('file', content, name);
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
}

async function logIn(origin: string, path: string, body: object) {
  const response = await fetch(`${origin}/api/auth/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as { access_token: string; refresh_token: string };
}

/** Signs up and logs in as somebody new. */
export async function newClient(origin: string): Promise<ApiClient> {
  const person = credentials();
  await logIn(origin, 'signup', person);
  const tokens = await logIn(origin, 'login', person);

  const client: ApiClient = {
    origin,
    username: person.username,
    email: person.email,
    token: tokens.access_token,
    refreshToken: tokens.refresh_token,
    request(path, init = {}) {
      const headers = { authorization: `Bearer ${client.token}`, ...init.headers };
      return fetch(`${origin}${path}`, { ...init, headers });
    },
    createTask(fields, inputs) {
      return client.request('/api/tasks', { method: 'POST', body: formOf(fields, inputs) });
    },
    async ended(id) {
      for (;;) {
        const response = await client.request(`/api/tasks/${id}?wait=30`);
        if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
        const task = (await response.json()) as Task;
        if (task.finishedAt !== null) return task;
      }
    },
    async run(fields, inputs) {
      const response = await client.createTask(fields, inputs);
      const task = (await response.json()) as Task;
      if (response.status !== 202) throw new Error(JSON.stringify(task));
      return client.ended(task.id);
    },
  };
  return client;
}
