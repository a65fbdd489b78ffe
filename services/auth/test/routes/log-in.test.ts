import t from 'tap';
import { ada, authFixture, bearer, post, postAs } from '../auth-fixture.js';
import { decodeJwt } from '../decode-jwt.js';

t.test('either key takes a name or an address', async (t) => {
  const { app, key } = await authFixture(t);
  await post(app, '/api/auth/signup', ada);
  const { password } = ada;
  for (const body of [
    { username: 'ada', password },
    { username: ada.email, password },
    { email: 'ADA@EXAMPLE.COM', password },
    { email: 'Ada', password },
    { username: 'ADA', email: ada.email, password },
  ]) {
    const response = await post(app, '/api/auth/login', body);
    t.equal(response.statusCode, 200);
    t.equal(response.headers['cache-control'], 'no-store');
    const { access_token, ...rest } = response.json();
    t.match(rest, { token_type: 'Bearer', expires_in: 600, refresh_token: /^[\w-]{43}$/ });
    const { header, claims } = decodeJwt(access_token);
    t.match(header, { alg: 'EdDSA', typ: 'at+jwt', kid: key.kid });
    t.match(claims, { iss: 'comprimemelo', aud: 'comprimemelo-api' });
    t.equal(claims.exp - claims.iat, 600);
    const me = await app.inject({ url: '/api/auth/me', headers: bearer(access_token) });
    t.equal(me.json().username, 'ada');
  }
});

t.test('of two names, both must be of the account', async (t) => {
  const { app } = await authFixture(t);
  await post(app, '/api/auth/signup', ada);
  await post(app, '/api/auth/signup', { ...ada, username: 'bob', email: 'bob@example.com' });
  for (const email of ['bob@example.com', 'nobody@example.com', 'ádá@example.com']) {
    const response = await post(app, '/api/auth/login', { ...ada, email });
    t.match(response.json(), { status: 401, type: '/problems/bad-credentials' }, email);
  }
});

t.test('the answer does not tell an unknown name from a wrong password', async (t) => {
  const { app } = await authFixture(t);
  await post(app, '/api/auth/signup', ada);
  const wrong = await post(app, '/api/auth/login', { username: 'ada', password: 'wrong one' });
  const unknown = await post(app, '/api/auth/login', { username: 'bob', password: 'wrong one' });
  t.equal(wrong.statusCode, 401);
  const shown = ({ requestId, ...problem }: Record<string, unknown>) => problem;
  t.strictSame(shown(wrong.json()), shown(unknown.json()));
  t.equal(wrong.json().type, '/problems/bad-credentials');
  const none = await post(app, '/api/auth/login', { password: 'wrong one' });
  t.equal(none.json().type, '/problems/invalid-request');
});

t.test('a field that a form left empty counts as absent', async (t) => {
  const { app } = await authFixture(t);
  await post(app, '/api/auth/signup', ada);
  const { email, password } = ada;
  const form = new URLSearchParams({ username: '', email, password }).toString();
  const type = 'application/x-www-form-urlencoded';
  t.equal((await postAs(app, '/api/auth/login', type, form)).statusCode, 200);
  const fields = Object.entries({ username: '', email, password });
  const parts = fields.map(
    ([name, value]) => `--B\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const multipart = `${parts.join('')}--B--\r\n`;
  const answer = await postAs(app, '/api/auth/login', 'multipart/form-data; boundary=B', multipart);
  t.equal(answer.statusCode, 200);
});
