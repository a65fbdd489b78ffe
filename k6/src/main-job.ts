import { check } from 'k6';
import crypto from 'k6/crypto';
import { Trend } from 'k6/metrics';
import type { Options } from 'k6/options';
import { endSession, newSession } from './session.ts';
import { createTask, download, endedTask } from './tasks.ts';

/** Bytes of each file, and the format that it is compressed to. */
const size = Number(__ENV.FILE_BYTES ?? 10_000);
const format = __ENV.FORMAT ?? 'zip';

/** From the request to the moment that the result is known. */
const completed = new Trend('task_completed', true);

export const options: Options = {
  scenarios: {
    mainJob: {
      executor: 'shared-iterations',
      vus: Number(__ENV.VUS ?? 10),
      iterations: Number(__ENV.ITERATIONS ?? 200),
      maxDuration: '5m',
    },
  },
  thresholds: {
    checks: ['rate==1'],
    http_req_failed: ['rate==0'],
    task_completed: ['p(95)<500'],
  },
};

const bytesOf = (body: unknown) => body as ArrayBuffer;

/** Signs up, logs in, uploads, waits for the end, downloads, holds the bytes against their hash. */
export default function mainJob(): void {
  const token = newSession('main');
  const started = Date.now();
  const { id } = createTask(token, crypto.randomBytes(size), format);
  const task = endedTask(token, id);
  completed.add(Date.now() - started);
  const [result] = task.results;
  if (check(task, { 'the task is processed': () => task.status === 'processed' })) {
    const response = download(token, id);
    check(response, {
      'the download is answered': ({ status }) => status === 200,
      'no byte is missing': ({ body }) => bytesOf(body).byteLength === result?.size,
      'every byte is right': ({ body }) => crypto.sha256(bytesOf(body), 'hex') === result?.sha256,
    });
  }
  endSession(token);
}
