import {
  Delivery,
  DeliveryDetails,
  Webhook,
  WebhookWithSecret,
} from '@comprimemelo/contracts/webhook';
import { isUnavailable } from '@comprimemelo/prisma/client/database-errors';
import { type App, createHttpApp } from '@comprimemelo/service/http/http-app';
import { requireAccessToken } from '@comprimemelo/service/identity/access-token';
import type { WebhooksDependencies } from './dependencies.js';
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

/** Every route of the service. */
export async function buildApp(dependencies: WebhooksDependencies): Promise<App> {
  const { logger, checks } = dependencies;
  const app = await createHttpApp({
    service: 'webhooks',
    logger,
    checks,
    // Recorded deliveries are sent without the broker.
    optional: ['broker'],
    unavailable: isUnavailable,
  });
  for (const schema of [Webhook, WebhookWithSecret, Delivery, DeliveryDetails]) {
    app.addSchema(schema);
  }
  await app.register(async (scope: App) => {
    await requireAccessToken(scope, dependencies);
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
