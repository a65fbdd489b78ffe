import type { DisabledReason, TaskEndType, Webhook } from '@comprimemelo/contracts/webhook';
import { fromBytes } from '@comprimemelo/prisma/client/identifiers';
import { type StoredTime, timeText } from '@comprimemelo/prisma/client/time-text';
import type { Selection } from '@comprimemelo/prisma/lists/keyset';

/** The stored columns that the API shows, without secrets. Rows read by Prisma fit too. */
export interface WebhookRow {
  id: Uint8Array;
  url: string;
  description: string | null;
  /** JSON array. */
  events: string;
  enabled: boolean | number;
  disabledReason: string | null;
  createdAt: StoredTime;
}

/** The webhooks of an owner, for `selectPage`. */
export const webhookSelection: Selection = {
  columns: `id, url, description, events, enabled, disabled_reason AS disabledReason,
    created_at AS createdAt`,
  table: 'webhooks',
  index: 'webhooks_owner_id_id_idx',
  filters: [],
};

/** The webhook as the API shows it. */
export const toWebhook = (row: WebhookRow): Webhook => ({
  id: fromBytes(row.id),
  url: row.url,
  description: row.description,
  events: JSON.parse(row.events) as TaskEndType[],
  enabled: Boolean(row.enabled),
  disabledReason: row.disabledReason as DisabledReason | null,
  createdAt: timeText(row.createdAt),
});
