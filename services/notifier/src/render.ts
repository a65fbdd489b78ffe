import type { Language } from '@comprimemelo/contracts/account';
import { createLinks } from './links.js';
import { MailRefusedError } from './mail-refused-error.js';
import type { OpenNotification } from './open-notification.js';
import { english } from './templates/english.js';
import { spanish } from './templates/spanish.js';
import type { Content, Templates } from './templates/template.js';
import { visibleText } from './visible-text.js';

/** An e-mail, ready to be sent or written. */
export interface Mail {
  /** Identifies the e-mail: the same for every rendering of the same message. Letters, digits, `.` and `-`. */
  key: string;
  /** In angle brackets (RFC 5322). Derived from `key`, so that duplicates can be detected. */
  messageId: string;
  to: { name: string; address: string };
  subject: string;
  text: string;
  html: string;
}

/** Makes every string in a value visible text, so that templates need not do it. */
function cleaned<T>(value: T): T {
  if (typeof value === 'string') return visibleText(value) as T;
  if (Array.isArray(value)) return value.map(cleaned) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, cleaned(v)])) as T;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What the notification is about. A task that runs again finishes again, with its own e-mail each time. */
function subjectOf(notification: OpenNotification): { id: string; attempt?: number } {
  switch (notification.type) {
    case 'account.created':
      return { id: notification.accountId };
    case 'account.password-reset':
      return { id: notification.resetId };
    case 'task.processed':
    case 'task.failed':
      return { id: notification.taskId, attempt: notification.attempt };
  }
}

/** The key of the e-mail, used in a header and a file name, so it is built from a UUID only. */
function keyOf(notification: OpenNotification): string {
  const { id, attempt } = subjectOf(notification);
  if (!uuid.test(id)) throw new MailRefusedError('the notification has no valid id');
  return [notification.type, id, ...(attempt === undefined ? [] : [attempt])].join('.');
}

const inLanguage: Record<Language, Templates> = { en: english, es: spanish };

function contentOf(notification: OpenNotification, publicUrl: string): Content {
  const links = createLinks(publicUrl);
  const templates = inLanguage[notification.recipient.language ?? 'en'];
  switch (notification.type) {
    case 'account.created':
      return templates['account.created'](notification, links);
    case 'account.password-reset':
      return templates['account.password-reset'](notification, links);
    case 'task.processed':
    case 'task.failed':
      return templates[notification.type](notification, links);
  }
}

/**
 * Renders a notification as an e-mail. Names and file names in it may contain anything. Throws a MailRefusedError if
 * the notification has no valid id.
 */
export function render(notification: OpenNotification, publicUrl: string): Mail {
  const key = keyOf(notification);
  const { subject, text, html } = contentOf(cleaned(notification), publicUrl);
  return {
    key,
    messageId: `<${key}@${new URL(publicUrl).hostname}>`,
    to: { name: visibleText(notification.recipient.name), address: notification.recipient.email },
    subject,
    text,
    html: html.toString(),
  };
}
