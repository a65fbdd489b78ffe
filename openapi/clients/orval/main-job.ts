import { createWriteStream, openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import {
  createTaskWithFormData,
  deleteTask,
  downloadFile,
  getTask,
  logInWithJson,
  signUpWithJson,
} from '../../generated/orval/api.js';
import type { DoMainJob } from '../main-job.js';
import { target } from './send.js';

export const doMainJob: DoMainJob = async ({ origin, username, password, input, output }) => {
  target.origin = origin;
  await signUpWithJson({ username, email: `${username}@example.com`, password });
  const tokens = await logInWithJson({ username, password });
  if (tokens.status !== 200) throw new Error(`logIn: ${tokens.status}`);
  target.token = tokens.data.access_token;

  // A Blob of a file is read while it is sent.
  const file = new File([await openAsBlob(input)], basename(input));
  const created = await createTaskWithFormData({ file: [file], format: 'zip' });
  if (created.status !== 202) throw new Error(`createTask: ${created.status}`);
  const ended = await getTask(created.data.id, { wait: 60 });
  if (ended.status !== 200) throw new Error(`getTask: ${ended.status}`);
  const [result] = ended.data.results;
  if (result === undefined) throw new Error(`the task is ${ended.data.status}`);

  const content = await downloadFile(result.id);
  const stream = Readable.fromWeb(content.data as unknown as ReadableStream);
  await pipeline(stream, createWriteStream(output));
  await deleteTask(created.data.id);
};
