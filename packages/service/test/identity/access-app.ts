import type { Test } from 'tap';
import { type KeyFinder, requireAccessToken } from '../../src/identity/access-token.js';
import { verifyingApp } from './verifying-app.js';

/** An app whose one route wants an access token, and answers with its user's id. */
export const accessApp = (
  t: Test,
  findKey: KeyFinder,
  hasEnded: (sessionId: string) => boolean = () => false,
) =>
  verifyingApp(t, async (scope) => {
    await requireAccessToken(scope, { findKey, hasEnded });
    return ({ userId }) => userId;
  });
