import { randomBytes } from 'node:crypto';
import { openDatabase } from '@comprimemelo/prisma/client/client';
import { watchEndedSessions } from '@comprimemelo/prisma/sessions/ended-sessions';
import type { App } from '@comprimemelo/service/http/http-app';
import { createLogger } from '@comprimemelo/service/process/logger';
import { testDatabase } from '@comprimemelo/testing/database';
import type { LightMyRequestResponse } from 'fastify';
import root, { type Test } from 'tap';
import { buildApp } from '../src/app.js';
import { createPasswords } from '../src/passwords/passwords.js';
import { createThrottles, type ThrottleLimits } from '../src/throttling/throttles.js';
import { openKeyRing } from '../src/tokens/key-ring.js';
import { createTokenIssuer } from '../src/tokens/token-issuer.js';

export const ada = {
  username: 'ada',
  email: 'ada@example.com',
  password: 'a notable engine',
};

const secret = () => randomBytes(32).toString('base64url');

/** One database for a whole test file: to make it takes longer than most tests. */
async function openTestDatabase() {
  const database = await testDatabase();
  const db = openDatabase(database.url);
  root.teardown(async () => {
    await db.close();
    await database.drop();
  });
  return { db, url: database.url };
}

let opened: ReturnType<typeof openTestDatabase> | undefined;

/** The test file's database, empty. */
export async function cleanDatabase() {
  opened ??= openTestDatabase();
  const { db, url } = await opened;
  await db.prisma.user.deleteMany();
  await db.prisma.signingKey.deleteMany();
  await db.prisma.attemptCount.deleteMany();
  await db.prisma.endedSession.deleteMany();
  await db.prisma.outboxMessage.deleteMany();
  return { db, url };
}

const generous = { limit: 1_000_000, seconds: 60 };
const limits: ThrottleLimits = {
  delays: { free: 5, first: 600, longest: 900 },
  logInFailures: generous,
  signUps: generous,
  passwordResets: generous,
};

let hashing: ReturnType<typeof createPasswords> | undefined;

/** The service's app over an empty database. */
export async function authFixture(t: Test, changes: Partial<ThrottleLimits> = {}) {
  const { db, url } = await cleanDatabase();
  const logger = createLogger('auth', 'silent');
  const [encryptionKey, mailSecretsKey] = [secret(), secret()];
  const keys = await openKeyRing({ db, logger, encryptionKey, accessTokenSeconds: 600 });
  const tokens = createTokenIssuer({ db, keys, accessTokenSeconds: 600, refreshTokenDays: 30 });
  const sessions = watchEndedSessions(db, (error) => t.error(error));
  let wakes = 0;
  const relay = {
    wake() {
      wakes += 1;
    },
  };
  hashing ??= createPasswords();
  const app = await buildApp({
    db,
    tokens,
    hasEnded: sessions.has,
    relay,
    logger,
    checks: {},
    mailSecretsKey,
    passwords: await hashing,
    throttles: createThrottles(db, { ...limits, ...changes }),
    trustedProxies: 'loopback',
  });
  t.teardown(async () => {
    keys.close();
    sessions.close();
    await app.close();
  });
  const key = keys.current();
  return {
    app,
    db,
    url,
    key,
    keys,
    encryptionKey,
    mailSecretsKey,
    tokens,
    sessions,
    wakes: () => wakes,
  };
}

export const post = async (
  app: App,
  url: string,
  payload: Record<string, unknown>,
  headers: Record<string, string> = {},
): Promise<LightMyRequestResponse> => app.inject({ method: 'POST', url, payload, headers });

/** A body of another type than JSON. */
export const postAs = (
  app: App,
  url: string,
  type: string,
  payload: string,
): Promise<LightMyRequestResponse> =>
  app.inject({ method: 'POST', url, payload, headers: { 'content-type': type } });

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
