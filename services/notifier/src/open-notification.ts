import type { Notification } from '@comprimemelo/contracts/messages';
import { unseal } from '@comprimemelo/service/identity/sealed-box';
import { MailRefusedError } from './mail-refused-error.js';
import type { PasswordReset } from './templates/template.js';

/** A notification with what was sealed in it opened. */
export type OpenNotification =
  | Exclude<Notification, { type: 'account.password-reset' }>
  | PasswordReset;

/** Opens what is sealed. Throws a MailRefusedError where auth has sealed it with another key. */
export function openNotification(notification: Notification, key: string): OpenNotification {
  if (notification.type !== 'account.password-reset') return notification;
  const { sealedToken, ...rest } = notification;
  try {
    return { ...rest, token: unseal(Buffer.from(sealedToken, 'base64url'), key) };
  } catch (cause) {
    throw new MailRefusedError('the token was sealed with another MAIL_SECRETS_KEY', { cause });
  }
}
