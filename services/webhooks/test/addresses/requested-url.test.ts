import t from 'tap';
import { requestedUrl } from '../../src/addresses/requested-url.js';

const strict = { allowHttp: false, allowPrivate: false };

const refused = [
  // No https.
  'http://example.com/',
  'ftp://example.com/',
  'file:///etc/passwd',
  'gopher://example.com/',
  'javascript:alert(1)',
  'data:text/plain,a',
  'ws://example.com/',
  '//example.com/',
  'example.com',
  '',
  // Credentials.
  'https://user@example.com/',
  'https://user:pass@example.com/',
  'https://example.com@127.0.0.1/',
  // This machine by its names.
  'https://localhost/',
  'https://LOCALHOST/',
  'https://localhost./',
  'https://a.localhost/',
  // Addresses in all their forms.
  'https://127.0.0.1/',
  'https://127.1/',
  'https://0x7f.1/',
  'https://0x7f000001/',
  'https://2130706433/',
  'https://0177.0.0.1/',
  'https://017700000001/',
  'https://127.0.0.1./',
  'https://①②⑦.⓪.⓪.①/',
  'https://0/',
  'https://0.0.0.0/',
  'https://10.1/',
  'https://192.168.257/',
  'https://3232235777/',
  'https://169.254.169.254/latest/meta-data/',
  'https://0xa9fea9fe/',
  'https://2852039166/',
  'https://[::]/',
  'https://[::1]/',
  'https://[0:0:0:0:0:0:0:1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:a9fe:a9fe]/',
  'https://[fe80::1]/',
  'https://[fd00::1]/',
  'https://[64:ff9b::7f00:1]/',
  'https://[2002:7f00:1::]/',
  'https://127%2e0%2e0%2e1/',
  'https://127。0。0。1/',
  // Names of the service's own network.
  'https://tasks/',
  'https://storage:8080/',
  'https://metadata/',
  'https://mysql./',
  'https://metadata.google.internal/',
  'https://printer.local/',
  'https://router.home.arpa/',
  `https://example.com/${'a'.repeat(2_048)}`,
  // Short, and three times as long when it is spelt out.
  `https://example.com/${'ä'.repeat(700)}`,
];

t.test('what webhooks are not sent to', async (t) => {
  for (const url of refused) {
    t.throws(
      () => requestedUrl(url, strict),
      { code: 'webhook-address-refused' },
      url.slice(0, 60),
    );
  }
});

t.test('what they are sent to, as it is kept', async (t) => {
  const kept: Record<string, string> = {
    'https://example.com': 'https://example.com/',
    'HTTPS://Example.COM:443/Hooks?a=1#part': 'https://example.com/Hooks?a=1',
    'https://example.com:8443/': 'https://example.com:8443/',
    'https://bücher.example/': 'https://xn--bcher-kva.example/',
    'https://8.8.8.8/': 'https://8.8.8.8/',
    'https://[2606:4700:4700::1111]/': 'https://[2606:4700:4700::1111]/',
    'https://local.example.com/': 'https://local.example.com/',
  };
  for (const [url, spelt] of Object.entries(kept)) t.equal(requestedUrl(url, strict), spelt);
});

t.test('in development', async (t) => {
  const private_ = { allowHttp: true, allowPrivate: true };
  t.equal(requestedUrl('http://127.0.0.1:9000/', private_), 'http://127.0.0.1:9000/');
  t.equal(requestedUrl('http://localhost:9000/', private_), 'http://localhost:9000/');
  t.throws(() => requestedUrl('ftp://localhost/', private_));
  t.throws(() => requestedUrl('http://a:b@localhost/', private_));
  const onlyHttp = { allowHttp: true, allowPrivate: false };
  t.throws(() => requestedUrl('http://127.0.0.1/', onlyHttp));
  t.equal(requestedUrl('http://example.com/', onlyHttp), 'http://example.com/');
  const onlyPrivate = { allowHttp: false, allowPrivate: true };
  t.throws(() => requestedUrl('http://127.0.0.1/', onlyPrivate));
  t.equal(requestedUrl('https://127.0.0.1/', onlyPrivate), 'https://127.0.0.1/');
});
