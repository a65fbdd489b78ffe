import { randomBytes } from 'node:crypto';
import { openDatabase } from '@comprimemelo/prisma/client';
import { testDatabase } from '@comprimemelo/prisma/testing';
import type { App } from '@comprimemelo/service/http-app';
import { createLogger } from '@comprimemelo/service/logger';
import type { LightMyRequestResponse } from 'fastify';
import root, { type Test } from 'tap';
import { buildApp } from '../src/app.js';
import { loadSigningKey } from '../src/signing-keys.js';
import { createTokenIssuer } from '../src/token-issuer.js';

export const ada = {
  username: 'ada',
  email: 'ada@example.com',
  password: 'a notable engine',
};

/** One database for a whole test file: to make it takes longer than most tests. */
async function openTestDatabase() {
  const database = await testDatabase();
  const db = openDatabase(database.url);
  root.teardown(async () => {
    await db.close();
    await database.drop();
  });
  return db;
}

let opened: ReturnType<typeof openTestDatabase> | undefined;

async function cleanDatabase() {
  opened ??= openTestDatabase();
  const db = await opened;
  await db.prisma.refreshToken.deleteMany();
  await db.prisma.user.deleteMany();
  await db.prisma.signingKey.deleteMany();
  await db.prisma.outboxMessage.deleteMany();
  return db;
}

/** The service's app over an empty database. */
export async function authFixture(t: Test) {
  const db = await cleanDatabase();
  const encryptionKey = randomBytes(32).toString('base64url');
  const key = await loadSigningKey(db, encryptionKey);
  const tokens = createTokenIssuer({ db, key, accessTokenSeconds: 600, refreshTokenDays: 30 });
  let wakes = 0;
  const relay = {
    wake() {
      wakes += 1;
    },
  };
  const logger = createLogger('auth', 'silent');
  const app = await buildApp({ db, tokens, relay, logger, checks: {} });
  t.teardown(async () => {
    await app.close();
  });
  return { app, db, key, encryptionKey, tokens, wakes: () => wakes };
}

export const post = async (
  app: App,
  url: string,
  payload: Record<string, unknown>,
): Promise<LightMyRequestResponse> => app.inject({ method: 'POST', url, payload });

/** A body of another type than JSON. */
export const postAs = (
  app: App,
  url: string,
  type: string,
  payload: string,
): Promise<LightMyRequestResponse> =>
  app.inject({ method: 'POST', url, payload, headers: { 'content-type': type } });

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
