import { randomBytes } from 'node:crypto';
import type { Webhook } from '@comprimemelo/prisma/generated/client';
import { seal, unseal } from '@comprimemelo/service/identity/sealed-box';

const prefix = 'whsec_';
const secretBytes = 32;

/** Milliseconds for which a replaced secret still signs together with the new one. */
export const formerSecretLife = 24 * 3_600_000;

/** A new secret in the form shown to its owner: `whsec_` and base64. Source: the Standard Webhooks specification. */
export const newSecret = (): string => `${prefix}${randomBytes(secretBytes).toString('base64')}`;

/** The secret as it is stored: AES-256-GCM under WEBHOOK_SECRETS_KEY. */
export const sealSecret = (secret: string, secretsKey: string): Buffer<ArrayBuffer> =>
  Buffer.from(seal(secret, secretsKey));

export type StoredSecrets = Pick<Webhook, 'sealedSecret' | 'formerSecret' | 'formerSecretUntil'>;

/** The keys that currently sign, the newest first. */
export function signingKeys(stored: StoredSecrets, secretsKey: string, now: Date): Buffer[] {
  const { sealedSecret, formerSecret, formerSecretUntil } = stored;
  const formerSigns =
    formerSecret !== null && formerSecretUntil !== null && formerSecretUntil > now;
  const sealed = formerSigns ? [sealedSecret, formerSecret] : [sealedSecret];
  return sealed.map((one) => Buffer.from(unseal(one, secretsKey).slice(prefix.length), 'base64'));
}
