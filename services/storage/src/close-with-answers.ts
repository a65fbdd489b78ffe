import type { App } from '@comprimemelo/service/http/http-app';

/**
 * Closes the connection after each response that is sent during shutdown. Otherwise a caller that keeps its connection
 * open would keep the process from ending.
 */
export function closeWithAnswers(app: App): void {
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  app.addHook('onSend', async (_request, reply) => {
    if (closing) reply.header('connection', 'close');
  });
}
