import type { Transaction } from '@comprimemelo/prisma/client/client';
import type { TokenIssuer } from '../tokens/token-issuer.js';

/** Sets a new password. Ends every session and invalidates every reset link of the user. */
export async function storePassword(
  tx: Transaction,
  tokens: Pick<TokenIssuer, 'endAll'>,
  userId: Uint8Array,
  passwordHash: string,
): Promise<void> {
  const id = Uint8Array.from(userId);
  await tx.user.update({ where: { id }, data: { passwordHash } });
  await tx.passwordReset.deleteMany({ where: { userId: id } });
  await tokens.endAll(tx, id);
}
