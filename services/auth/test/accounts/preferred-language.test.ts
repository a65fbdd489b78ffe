import t from 'tap';
import { preferredLanguage } from '../../src/accounts/preferred-language.js';

t.test('the first of ours by preference, else English', async (t) => {
  for (const [header, language] of [
    [undefined, 'en'],
    ['', 'en'],
    ['es', 'es'],
    ['es-MX,es;q=0.9,en;q=0.8', 'es'],
    ['en-GB, es;q=0.9', 'en'],
    ['fr, es;q=0.2, en;q=0.1', 'es'],
    ['en;q=0.1, ES;q=0.5', 'es'],
    ['es;q=0, en;q=0.1', 'en'],
    ['fr, *;q=0.5', 'en'],
    [';;q=,,es;q=x', 'en'],
  ] as const) {
    t.equal(preferredLanguage(header), language, header ?? 'absent');
  }
});
