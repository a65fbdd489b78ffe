import { buildApp as buildAuth } from '@comprimemelo/auth/app';
import type { AuthDependencies } from '@comprimemelo/auth/dependencies';
import { buildApp as buildFiles } from '@comprimemelo/files/app';
import type { FilesDependencies } from '@comprimemelo/files/dependencies';
import type { App } from '@comprimemelo/service/http/http-app';
import { createLogger } from '@comprimemelo/service/process/logger';
import { buildApp as buildTasks } from '@comprimemelo/tasks/app';
import type { TasksDependencies } from '@comprimemelo/tasks/dependencies';
import { buildApp as buildWebhooks } from '@comprimemelo/webhooks/app';
import type { WebhooksDependencies } from '@comprimemelo/webhooks/dependencies';
import { withTypes } from './explicit-types.js';
import type { Part } from './merge.js';
import { withOptionalInput } from './optional-input.js';
import { standIn } from './stand-in.js';

const never = () => {
  throw new Error('a request was served while the document was made');
};

const logger = createLogger('openapi', 'silent');
const checks = {};
const relay = { wake: never };

const auth: AuthDependencies = {
  db: standIn('db'),
  tokens: standIn('tokens'),
  hasEnded: never,
  passwords: { admit: never, hash: never, matches: never },
  throttles: standIn('throttles'),
  mailSecretsKey: '',
  trustedProxies: 'loopback',
  relay,
  logger,
  checks,
};

const tasks: TasksDependencies = {
  db: standIn('db'),
  storage: standIn('storage'),
  relay,
  changes: standIn('changes'),
  publisher: standIn('publisher'),
  secretsKey: '',
  findKey: never,
  hasEnded: never,
  maxUploadBytes: 0,
  maxStreams: 0,
  logger,
  checks,
};

const files: FilesDependencies = {
  db: standIn('db'),
  storage: standIn('storage'),
  storageIdentity: never,
  downloadKey: undefined,
  findKey: never,
  hasEnded: never,
  maxUploadBytes: 0,
  logger,
  checks,
};

const webhooks: WebhooksDependencies = {
  db: standIn('db'),
  dispatcher: relay,
  policy: { allowHttp: false, allowPrivate: false },
  secretsKey: '',
  findKey: never,
  hasEnded: never,
  logger,
  checks,
};

/** An operation that says nothing of security is open to everybody: the document says so. */
const withSecurity = (paths: Part['paths']): Part['paths'] =>
  Object.fromEntries(
    Object.entries(paths).map(([path, methods]) => [
      path,
      Object.fromEntries(
        Object.entries(methods).map(([method, { responses, security = [], ...what }]) => [
          method,
          withOptionalInput({ ...what, security, responses }),
        ]),
      ),
    ]),
  );

/** What an app's route schemas say, as OpenAPI. The app never listens, so there is nothing to close. */
async function partOf(app: App): Promise<Part> {
  await app.ready();
  const { paths, components } = app.swagger() as unknown as Part;
  return withTypes({ paths: withSecurity(paths), components });
}

/** The part of each service that the origin shows, built without anything that it depends on. */
export const serviceParts = async (): Promise<Part[]> => [
  await partOf(await buildAuth(auth)),
  await partOf(await buildTasks(tasks)),
  await partOf(await buildFiles(files)),
  await partOf(await buildWebhooks(webhooks)),
];
