import type { Transaction } from '@comprimemelo/prisma/client/client';
import { revokeAllOf } from '../tokens/refresh-tokens.js';

/** Gives a user another password: every log-in ends, and every link to set one. */
export async function storePassword(
  tx: Transaction,
  userId: Uint8Array,
  passwordHash: string,
): Promise<void> {
  const id = Uint8Array.from(userId);
  await tx.user.update({ where: { id }, data: { passwordHash } });
  await tx.passwordReset.deleteMany({ where: { userId: id } });
  await revokeAllOf(tx, id);
}
