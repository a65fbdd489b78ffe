import type { App } from '@comprimemelo/service/http/http-app';

/**
 * What is answered while the app closes is the last on its connection. Without this a caller that keeps
 * its connection open after such an answer keeps the process from ending.
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
