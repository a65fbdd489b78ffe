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
} from '../../generated/hey-api/sdk.gen.js';
import type { DoMainJob } from '../main-job.js';

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
  const { data: ended } = await getTask({ path, query: { wait: 60 }, throwOnError: true });
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
