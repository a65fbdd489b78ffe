import type { SendMailOptions } from 'nodemailer';
import type { Mail } from './render.js';

/**
 * The e-mail as nodemailer takes it: multipart/alternative in UTF-8. nodemailer encodes every header
 * (RFC 2047) and drops line breaks from them; it reads neither files nor addresses named in the content.
 */
export const compose = (mail: Mail, from: string): SendMailOptions => ({
  from,
  to: mail.to,
  subject: mail.subject,
  text: mail.text,
  html: mail.html,
  messageId: mail.messageId,
  date: new Date(),
  // Keeps holiday notices from answering. Source: RFC 3834.
  headers: { 'Auto-Submitted': 'auto-generated' },
  disableFileAccess: true,
  disableUrlAccess: true,
});
