import { createWriteStream, openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { client } from '../../generated/hey-api/client.gen.js';
import {
  createTask,
  deleteTask,
  downloadFile,
  getTask,
  logIn,
  signUp,
  watchTask,
} from '../../generated/hey-api/sdk.gen.js';
import type { DoMainJob } from '../main-job.js';

/** Watches the task to its end, by its events. Throws where percent falls, or the stream ends before the task. */
async function watch(path: { id: string }): Promise<void> {
  const { stream } = await watchTask({ path, sseMaxRetryAttempts: 3 });
  let reached = 0;
  for await (const told of stream) {
    if (!told || !('status' in told)) throw new Error('the task was deleted');
    if (told.progress < reached) throw new Error(`${told.progress} % after ${reached} %`);
    reached = told.progress;
    if (told.finishedAt !== null) return;
  }
  throw new Error('the stream ended before the task');
}

export const doMainJob: DoMainJob = async ({ origin, username, password, input, output }) => {
  client.setConfig({ baseUrl: origin, throwOnError: true });
  const email = `${username}@example.com`;
  await signUp({ body: { username, email, password }, throwOnError: true });
  const { data: tokens } = await logIn({ body: { username, password }, throwOnError: true });
  client.setConfig({ auth: tokens.access_token });

  // A Blob of a file is read while it is sent.
  const file = new File([await openAsBlob(input)], basename(input));
  const body = { file: [file], format: 'zip' };
  const { data: created } = await createTask({ body, throwOnError: true });
  const path = { id: created.id };
  await watch(path);
  const { data: ended } = await getTask({ path, throwOnError: true });
  const [result] = ended.results;
  if (result === undefined) throw new Error(`the task is ${ended.status}`);

  const { data: content } = await downloadFile({
    path: { id: result.id },
    parseAs: 'stream',
    throwOnError: true,
  });
  const stream = Readable.fromWeb(content as unknown as ReadableStream);
  await pipeline(stream, createWriteStream(output));
  await deleteTask({ path, throwOnError: true });
};
