import t from 'tap';
import { signingKeys } from '../../src/registrations/signing-secret.js';
import { secretsKey, webhooksFixture } from '../fixtures/webhooks-fixture.js';

const url = 'https://hooks.example/a';

t.test('a secret is replaced; the former one goes on for a day', async (t) => {
  const { request, created, db } = await webhooksFixture(t);
  const { id, secret } = await created({ url });
  const response = await request('POST', `/${id}/secret`);
  t.equal(response.statusCode, 200);
  t.match(response.json().secret, /^whsec_/);
  t.not(response.json().secret, secret);
  const row = await db.prisma.webhook.findFirstOrThrow();
  const day = 24 * 3_600_000;
  const until = row.formerSecretUntil?.getTime() ?? 0;
  t.ok(Math.abs(until - Date.now() - day) < 60_000);
  const keys = signingKeys(row, secretsKey, new Date()).map((key) => key.toString('base64'));
  t.same(keys, [response.json().secret.slice(6), secret.slice(6)]);
});
