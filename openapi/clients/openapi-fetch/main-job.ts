import { createWriteStream, openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import createClient from 'openapi-fetch';
import type { components, paths } from '../../generated/openapi-fetch/schema.js';
import type { DoMainJob } from '../main-job.js';

type Problem = components['schemas']['Problem'];

/** What was answered; throws the problem where it is one. */
function answered<Data>({ data, error }: { data?: Data; error?: Problem | undefined }): Data {
  if (data === undefined) throw new Error(error?.title ?? 'no answer');
  return data;
}

export const doMainJob: DoMainJob = async ({ origin, username, password, input, output }) => {
  const api = createClient<paths>({ baseUrl: origin });
  const email = `${username}@example.com`;
  answered(await api.POST('/api/auth/signup', { body: { username, email, password } }));
  const tokens = answered(await api.POST('/api/auth/login', { body: { username, password } }));
  api.use({
    onRequest({ request }) {
      request.headers.set('authorization', `Bearer ${tokens.access_token}`);
    },
  });

  // A Blob of a file is read while it is sent.
  const blob = await openAsBlob(input);
  const created = answered(
    await api.POST('/api/tasks', {
      body: { file: [blob], format: 'zip' },
      bodySerializer({ format = '' }) {
        const form = new FormData();
        form.append('file', blob, basename(input));
        form.append('format', format);
        return form;
      },
    }),
  );
  const path = { id: created.id };
  const ended = answered(
    await api.GET('/api/tasks/{id}', { params: { path, query: { wait: 60 } } }),
  );
  const [result] = ended.results;
  if (result === undefined) throw new Error(`the task is ${ended.status}`);

  const content = answered(
    await api.GET('/api/files/{id}/content', {
      params: { path: { id: result.id } },
      parseAs: 'stream',
    }),
  );
  const stream = Readable.fromWeb(content as unknown as ReadableStream);
  await pipeline(stream, createWriteStream(output));
  const { response } = await api.DELETE('/api/tasks/{id}', { params: { path } });
  if (response.status !== 204) throw new Error(`deleteTask: ${response.status}`);
};
