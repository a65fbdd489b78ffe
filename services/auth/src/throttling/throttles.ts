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

/** What bounds guessing and flooding, counted in the database for all instances together. */
export interface Throttles {
  account: AccountDelay;
  /** Wrong passwords from an address; right ones are not counted. */
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
