import { ConfigError } from '@comprimemelo/service/config';
import type { Config } from './config.js';
import { createEmlFolder } from './eml-folder.js';
import type { MailSender } from './mail-sender.js';
import { createSmtpSender } from './send-mail.js';

type MailConfig = Pick<Config, 'SMTP_URL' | 'MAIL_DIR' | 'MAIL_FROM'>;

/** Sends by SMTP if SMTP_URL is set, otherwise writes to MAIL_DIR. Throws a ConfigError if neither is set. */
export async function openMailSender(config: MailConfig): Promise<MailSender> {
  const { SMTP_URL: url, MAIL_DIR: directory, MAIL_FROM: from } = config;
  if (url !== undefined) return createSmtpSender({ url, from });
  if (directory !== undefined) return createEmlFolder({ directory, from });
  throw new ConfigError('SMTP_URL is missing, and so is MAIL_DIR to write e-mails into instead');
}
