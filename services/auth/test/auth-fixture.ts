import { randomBytes } from 'node:crypto';
import { openDatabase } from '@comprimemelo/prisma/client';
import { testDatabase } from '@comprimemelo/prisma/testing';
import type { App } from '@comprimemelo/service/http-app';
import { createLogger } from '@comprimemelo/service/logger';
import type { LightMyRequestResponse } from 'fastify';
import type { Test } from 'tap';
import { buildApp } from '../src/app.js';
import { loadSigningKey } from '../src/signing-keys.js';
import { createTokenIssuer } from '../src/token-issuer.js';

export const ada = {
  username: 'ada',
  email: 'ada@example.com',
  password: 'a notable engine',
};

/** The service's app over a database of its own; both go with the test. */
export async function authFixture(t: Test) {
  const database = await testDatabase();
  const db = openDatabase(database.url);
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
    await db.close();
    await database.drop();
  });
  return { app, db, key, encryptionKey, tokens, wakes: () => wakes };
}

export const post = async (
  app: App,
  url: string,
  payload: Record<string, unknown>,
): Promise<LightMyRequestResponse> => app.inject({ method: 'POST', url, payload });

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
