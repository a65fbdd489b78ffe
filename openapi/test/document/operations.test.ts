import t from 'tap';
import { document } from '../fixtures/document.js';

/** The names that clients are generated with, and where each operation is. They never change. */
const promised: Record<string, string> = {
  signUp: 'POST /api/auth/signup',
  logIn: 'POST /api/auth/login',
  refreshToken: 'POST /api/auth/refresh',
  logOut: 'POST /api/auth/logout',
  getAccount: 'GET /api/auth/me',
  deleteAccount: 'DELETE /api/auth/me',
  changePassword: 'POST /api/auth/password',
  requestPasswordReset: 'POST /api/auth/password-reset',
  resetPassword: 'POST /api/auth/password-reset/confirm',
  getJwks: 'GET /.well-known/jwks.json',
  createTask: 'POST /api/tasks',
  listTasks: 'GET /api/tasks',
  getTask: 'GET /api/tasks/{id}',
  updateTask: 'PATCH /api/tasks/{id}',
  retryTask: 'POST /api/tasks/{id}/retry',
  cancelTask: 'POST /api/tasks/{id}/cancel',
  deleteTask: 'DELETE /api/tasks/{id}',
  getResult: 'GET /api/tasks/{id}/result',
  watchTask: 'GET /api/tasks/{id}/events',
  watchTasks: 'GET /api/tasks/events',
  listFormats: 'GET /api/formats',
  uploadFiles: 'POST /api/files',
  listFiles: 'GET /api/files',
  getFile: 'GET /api/files/{id}',
  deleteFile: 'DELETE /api/files/{id}',
  downloadFile: 'GET /api/files/{id}/content',
  listEntries: 'GET /api/files/{id}/entries',
  createWebhook: 'POST /api/webhooks',
  listWebhooks: 'GET /api/webhooks',
  getWebhook: 'GET /api/webhooks/{id}',
  updateWebhook: 'PATCH /api/webhooks/{id}',
  deleteWebhook: 'DELETE /api/webhooks/{id}',
  rotateWebhookSecret: 'POST /api/webhooks/{id}/secret',
  testWebhook: 'POST /api/webhooks/{id}/test',
  listDeliveries: 'GET /api/webhooks/{id}/deliveries',
  getDelivery: 'GET /api/webhooks/{id}/deliveries/{deliveryId}',
  replayDelivery: 'POST /api/webhooks/{id}/deliveries/{deliveryId}/replay',
  getReadiness: 'GET /readyz',
};

/** What the main job and everything around it needs: none of these may be missing. */
const needed = [
  'signUp',
  'logIn',
  'refreshToken',
  'logOut',
  'getAccount',
  'getJwks',
  'createTask',
  'listTasks',
  'getTask',
  'deleteTask',
  'getResult',
  'listFormats',
  'updateTask',
  'retryTask',
  'cancelTask',
  'listEntries',
  'watchTask',
  'watchTasks',
  'uploadFiles',
  'listFiles',
  'getFile',
  'deleteFile',
  'downloadFile',
  'createWebhook',
  'listWebhooks',
  'getWebhook',
  'updateWebhook',
  'deleteWebhook',
  'rotateWebhookSecret',
  'testWebhook',
  'listDeliveries',
  'getDelivery',
  'replayDelivery',
];

t.test('every operation is where its name was promised', async (t) => {
  const { paths } = document;
  const found = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId = '' }]) => {
      t.equal(promised[operationId], `${method.toUpperCase()} ${path}`, operationId);
      return operationId;
    }),
  );
  t.same(
    needed.filter((name) => !found.includes(name)),
    [],
  );
});
