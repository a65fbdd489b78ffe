import { check } from 'k6';
import crypto from 'k6/crypto';
import http from 'k6/http';
import type { Options } from 'k6/options';
import { baseUrl, endSession, inTheNameOf, newSession } from './session.ts';
import { createTask, endedTask } from './tasks.ts';

/** Tasks on the page that is asked for. */
const tasks = 20;

export const options: Options = {
  scenarios: {
    listTasks: {
      executor: 'constant-vus',
      vus: Number(__ENV.VUS ?? 50),
      duration: __ENV.DURATION ?? '30s',
    },
  },
  setupTimeout: '2m',
  thresholds: {
    checks: ['rate==1'],
    http_req_failed: ['rate==0'],
    'http_req_duration{name:listTasks}': ['p(99)<100'],
  },
};

/** A user with a full page of ended tasks. */
export function setup(): string {
  const token = newSession('list');
  const ids = Array.from(
    { length: tasks },
    () => createTask(token, crypto.randomBytes(100), 'zip').id,
  );
  for (const id of ids) endedTask(token, id);
  return token;
}

export default function listTasks(token: string): void {
  const response = http.get(`${baseUrl}/api/tasks?limit=${tasks}`, inTheNameOf(token, 'listTasks'));
  check(response, {
    'the page is full': ({ status, body }) =>
      status === 200 && String(body).split('"status":').length === tasks + 1,
  });
}

export const teardown = (token: string): void => endSession(token);
