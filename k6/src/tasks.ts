import { fail } from 'k6';
import http, { type Response } from 'k6/http';
import { baseUrl, inTheNameOf } from './session.ts';

export interface Task {
  id: string;
  status: string;
  results: { size: number; sha256: string }[];
}

/** Seconds that one getTask waits, and how many of them are made. */
const wait = 20;
const asks = 6;

/** Uploads the bytes as a task of `format`; ends the iteration where it is not accepted. */
export function createTask(token: string, bytes: ArrayBuffer, format: string): Task {
  const form = { file: http.file(bytes, 'load.bin', 'application/octet-stream'), format };
  const response = http.post(`${baseUrl}/api/tasks`, form, inTheNameOf(token, 'createTask'));
  if (response.status !== 202) fail(`createTask answered ${response.status}: ${response.body}`);
  return response.json() as unknown as Task;
}

/** The task once it has ended, or as it is after 2 minutes. */
export function endedTask(token: string, id: string): Task {
  const address = `${baseUrl}/api/tasks/${id}?wait=${wait}`;
  for (let asked = 1; ; asked += 1) {
    const response = http.get(address, inTheNameOf(token, 'getTask'));
    if (response.status !== 200) fail(`getTask answered ${response.status}: ${response.body}`);
    const task = response.json() as unknown as Task;
    const ended = task.status !== 'uploaded' && task.status !== 'processing';
    if (ended || asked === asks) return task;
  }
}

/** The bytes of the task's single result. */
export const download = (token: string, id: string): Response =>
  http.get(`${baseUrl}/api/tasks/${id}/result`, {
    ...inTheNameOf(token, 'getResult'),
    responseType: 'binary',
  });
