import {
  Delivery,
  DeliveryDetails,
  Webhook,
  WebhookWithSecret,
} from '@comprimemelo/contracts/webhook';
import type { BrokerConnection } from '@comprimemelo/messaging/connection';
import type { Consumer } from '@comprimemelo/messaging/consumer';
import type { Database } from '@comprimemelo/prisma/client/client';
import { isUnavailable } from '@comprimemelo/prisma/client/database-errors';
import type { Check } from '@comprimemelo/service/http/health';
import { type App, createHttpApp } from '@comprimemelo/service/http/http-app';
import type { AccessTokenVerifier } from '@comprimemelo/service/identity/access-token';
import { requireAccessToken } from '@comprimemelo/service/identity/authenticate';
import type { Logger } from '@comprimemelo/service/process/logger';
import type { AddressPolicy } from './addresses/address-policy.js';
import { consumeEvents } from './incoming/consume-events.js';
import { consumeRemovals } from './incoming/consume-removals.js';
import { createWebhook } from './routes/create-webhook.js';
import { deleteWebhook } from './routes/delete-webhook.js';
import { getDelivery } from './routes/get-delivery.js';
import { getWebhook } from './routes/get-webhook.js';
import { listDeliveries } from './routes/list-deliveries.js';
import { listWebhooks } from './routes/list-webhooks.js';
import { replayDelivery } from './routes/replay-delivery.js';
import { rotateWebhookSecret } from './routes/rotate-webhook-secret.js';
import { testWebhook } from './routes/test-webhook.js';
import { updateWebhook } from './routes/update-webhook.js';

export interface WebhooksDependencies {
  db: Database;
  /** Sends what is due. */
  dispatcher: { wake(): void };
  policy: AddressPolicy;
  /** WEBHOOK_SECRETS_KEY: encrypts the signing secrets. */
  secretsKey: string;
  verify: AccessTokenVerifier;
  logger: Logger;
  checks: Record<string, Check>;
}

/** Every route of the service. */
export async function buildApp(dependencies: WebhooksDependencies): Promise<App> {
  const { logger, checks, verify } = dependencies;
  const app = await createHttpApp({
    ...{ service: 'webhooks', logger, checks },
    // What is entered is sent without it.
    optional: ['broker'],
    unavailable: isUnavailable,
  });
  for (const schema of [Webhook, WebhookWithSecret, Delivery, DeliveryDetails]) {
    app.addSchema(schema);
  }
  await app.register(async (scope: App) => {
    requireAccessToken(scope, verify);
    createWebhook(scope, dependencies);
    listWebhooks(scope, dependencies);
    getWebhook(scope, dependencies);
    updateWebhook(scope, dependencies);
    deleteWebhook(scope, dependencies);
    rotateWebhookSecret(scope, dependencies);
    testWebhook(scope, dependencies);
    listDeliveries(scope, dependencies);
    getDelivery(scope, dependencies);
    replayDelivery(scope, dependencies);
  });
  return app;
}

/** Every queue that the service consumes. */
export const startConsumers = (
  broker: BrokerConnection,
  dependencies: Pick<WebhooksDependencies, 'db' | 'dispatcher' | 'logger'>,
): Consumer[] => [consumeEvents(broker, dependencies), consumeRemovals(broker, dependencies)];
