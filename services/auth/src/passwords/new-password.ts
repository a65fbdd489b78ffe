import type { Transaction } from '@comprimemelo/prisma/client/client';
import { revokeAllOf } from '../tokens/refresh-tokens.js';

/** Sets a new password. Ends every session and invalidates every reset link of the user. */
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
