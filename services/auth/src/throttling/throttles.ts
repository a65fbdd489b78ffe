import type { Database } from '@comprimemelo/prisma/client/client';
import { type AccountDelay, createAccountDelay } from './account-delay.js';
import { type AddressQuota, createAddressQuota, type Quota } from './address-quota.js';
import type { Delays } from './attempt-counts.js';

export interface ThrottleLimits {
  delays: Delays;
  logInFailures: Quota;
  signUps: Quota;
  passwordResets: Quota;
}

/** The limits against guessing and flooding, counted in the database across all instances. */
export interface Throttles {
  account: AccountDelay;
  /** Wrong passwords per IP address; correct ones do not count. */
  logInFailures: AddressQuota;
  signUps: AddressQuota;
  passwordResets: AddressQuota;
}

export const createThrottles = (
  db: Pick<Database, 'pool'>,
  { delays, logInFailures, signUps, passwordResets }: ThrottleLimits,
): Throttles => ({
  account: createAccountDelay(db, delays),
  logInFailures: createAddressQuota(db, { name: 'log-in-failures', ...logInFailures }),
  signUps: createAddressQuota(db, { name: 'sign-ups', ...signUps }),
  passwordResets: createAddressQuota(db, { name: 'password-resets', ...passwordResets }),
});
