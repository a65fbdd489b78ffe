import type {
  Delivery,
  DeliveryDetails,
  DeliveryStatusName,
  WebhookEventType,
} from '@comprimemelo/contracts/webhook';
import { fromBytes } from '@comprimemelo/prisma/client/identifiers';
import { nullableTimeText, type StoredTime, timeText } from '@comprimemelo/prisma/client/time-text';

/** What a list shows of a delivery, as it is stored. One read by Prisma is one too. */
export interface DeliveryRow {
  id: Uint8Array;
  eventId: Uint8Array;
  type: string;
  status: DeliveryStatusName;
  attemptCount: number;
  nextAttemptAt: StoredTime | null;
  createdAt: StoredTime;
  endedAt: StoredTime | null;
}

export const deliveryColumns = `id, event_id AS eventId, type, status, attempt_count AS attemptCount,
  next_attempt_at AS nextAttemptAt, created_at AS createdAt, ended_at AS endedAt`;

/** The delivery as a list shows it. */
export const toDelivery = (row: DeliveryRow): Delivery => ({
  id: fromBytes(row.id),
  eventId: fromBytes(row.eventId),
  type: row.type as WebhookEventType,
  status: row.status,
  attemptCount: row.attemptCount,
  nextAttemptAt: nullableTimeText(row.nextAttemptAt),
  createdAt: timeText(row.createdAt),
  endedAt: nullableTimeText(row.endedAt),
});

/** The same with its body and attempts, both stored as JSON. */
export const toDeliveryDetails = (
  row: DeliveryRow & { payload: string; attempts: string },
): DeliveryDetails => ({
  ...toDelivery(row),
  payload: JSON.parse(row.payload),
  attempts: JSON.parse(row.attempts),
});
