import { formats, type ReadFormat } from '@comprimemelo/contracts/formats';
import { levels } from '@comprimemelo/contracts/states';

interface Examples {
  request?: object;
  /** Of a multipart form, where it has another shape than JSON. */
  form?: object;
  response?: object;
}

const file = '0193a1de-7b5c-7c3e-9d1f-2f6a0c4b8e11';

const logIn = { username: 'grace', password: 'correct horse battery staple' };
const refresh = { refresh_token: '8xLOxBtZp8-q3fJv0m1t1wYz0nVQ7l2kq4s5u6w7y8A' };

const format = (name: ReadFormat) => {
  const { extensions, aliases, mediaType, written, singleFile, options } = formats[name];
  return { name, extensions, aliases, mediaType, read: true, written, singleFile, options };
};

/** By operation: bodies whose fields, each by its own example, would make no sense together. */
export const bodyExamples: Record<string, Examples> = {
  signUp: {
    request: { ...logIn, email: 'grace@example.com', firstName: 'Grace', lastName: 'Hopper' },
  },
  logIn: { request: logIn },
  refreshToken: { request: refresh },
  logOut: { request: refresh },
  getJwks: {
    response: {
      keys: [
        {
          kty: 'OKP',
          crv: 'Ed25519',
          use: 'sig',
          alg: 'EdDSA',
          kid: '2026-01',
          x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
        },
      ],
    },
  },
  createTask: {
    request: { files: [file], format: '7z', options: { level: 'best' } },
    form: { file: ['(the bytes of report.pdf)'], format: '7z', level: 'best' },
  },
  updateTask: { request: { format: 'tar.xz' } },
  retryTask: { request: {} },
  uploadFiles: { form: { file: ['(the bytes of report.pdf)'] } },
  updateWebhook: { request: { events: ['task.failed'], description: 'Failures only' } },
  listFormats: {
    response: {
      items: [format('zip'), format('xz')],
      levels,
      nameEncodings: ['utf-8', 'cp437', 'shift_jis'],
      readingOptions: ['entries', 'password', 'nameEncoding'],
    },
  },
  getReadiness: { response: { status: 'ready', checks: { database: 'ok', broker: 'ok' } } },
};
