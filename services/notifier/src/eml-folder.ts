import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { compose } from './compose.js';
import type { MailSender } from './mail-sender.js';

async function synced(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Writes a file atomically: temporary name, fsync, rename, fsync of the directory. */
async function writeWhole(directory: string, name: string, bytes: Buffer): Promise<void> {
  const temporary = join(directory, `.${randomUUID()}.tmp`);
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, join(directory, name));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await synced(directory);
}

/**
 * Writes e-mails as `<key>.eml` to a folder, which is created here; any mail reader can open them. Writing the same
 * e-mail again replaces the first. Throws if the folder cannot be created.
 */
export async function createEmlFolder(options: {
  directory: string;
  from: string;
}): Promise<MailSender> {
  const { directory, from } = options;
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });

  return {
    async send(mail) {
      const { message } = await transport.sendMail(compose(mail, from));
      if (!Buffer.isBuffer(message)) throw new TypeError('the e-mail was not composed completely');
      await writeWhole(directory, `${mail.key}.eml`, message);
    },
    async state() {
      return 'folder';
    },
    async close() {},
  };
}
