import t, { type Test } from 'tap';
import { MailRefusedError } from '../src/mail-refused-error.js';
import { render } from '../src/render.js';
import { createSmtpSender } from '../src/send-mail.js';
import { type MailServer, refusal, startMailServer } from './mail-server.js';
import { processed, publicUrl, taskId, welcome } from './notifications.js';
import { readMail } from './read-mail.js';

const from = 'Comprimemelo <no-reply@files.example>';

function senderTo(t: Test, url: string) {
  const sender = createSmtpSender({ url, from });
  t.teardown(() => sender.close());
  return sender;
}

async function serverFor(
  t: Test,
  options: Parameters<typeof startMailServer>[0] = {},
): Promise<MailServer> {
  const server = await startMailServer(options);
  t.teardown(() => server.close());
  return server;
}

t.test('the e-mail arrives with both parts and its headers', async (t) => {
  const server = await serverFor(t);
  const mail = render(welcome('Zoë Müller 株式会社 👩‍👩‍👧'), publicUrl);
  await senderTo(t, server.url).send(mail);

  const received = await server.next();
  t.same(received.to, ['ana@example.com']);
  t.equal(received.from, 'no-reply@files.example');
  const { headers, text, html } = readMail(received.source);
  t.same(headers.from, ['Comprimemelo <no-reply@files.example>']);
  t.same(headers.to, ['Zoë Müller 株式会社 👩‍👩‍👧 <ana@example.com>']);
  t.same(headers.subject, ['Welcome to Comprimemelo']);
  t.same(headers['message-id'], [mail.messageId]);
  t.same(headers['auto-submitted'], ['auto-generated']);
  t.ok(Math.abs(Date.parse(headers.date?.[0] ?? '') - Date.now()) < 60_000);
  t.equal(text.trimEnd(), mail.text.trimEnd());
  t.equal(html.trimEnd(), mail.html.trimEnd());
});

t.test('every line is within the limits of SMTP', async (t) => {
  const server = await serverFor(t);
  const files = ['ж'.repeat(127), `${'long '.repeat(40)}name.txt`];
  await senderTo(t, server.url).send(render(processed({ files }), publicUrl));
  const { source } = await server.next();
  t.ok(source.split('\r\n').every((line) => Buffer.byteLength(line) <= 998));
  t.notMatch(source, /[^\r]\n/);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: SMTP without extensions carries ASCII alone
  t.match(source, /^[\x00-\x7f]*$/);
});

t.test('line breaks in names and file names make no header and no recipient', async (t) => {
  const server = await serverFor(t);
  const sender = senderTo(t, server.url);
  await sender.send(render(welcome(), publicUrl));
  const usual = readMail((await server.next()).source).headerNames;

  const attacks = ['\r\n', '\n', '\r', '\u2028', '=?utf-8?Q?=0D=0A?='].map(
    (lineBreak) => `a${lineBreak}Bcc: victim@example.com${lineBreak}${lineBreak}<b>`,
  );
  for (const attack of attacks) {
    // Past the cleaning of render.ts too: what goes to nodemailer directly.
    const clean = render(welcome(), publicUrl);
    const raw = { ...clean, to: { name: attack, address: 'ana@example.com' }, subject: attack };
    const recipient = { name: attack, email: 'ana@example.com' };
    const rendered = render(processed({ recipient, files: [attack] }), publicUrl);
    for (const mail of [raw, rendered]) {
      await sender.send(mail);
      const received = await server.next();
      t.same(received.to, ['ana@example.com']);
      t.same(readMail(received.source).headerNames, usual);
    }
  }
});

t.test('an address names one mailbox or none', async (t) => {
  const server = await serverFor(t);
  const sender = senderTo(t, server.url);
  for (const address of [
    'ana@example.com, victim@example.com',
    'ana@example.com\r\nRCPT TO:<victim@example.com>',
    'ana@example.com>\r\nRCPT TO:<victim@example.com',
    'victim@example.com <ana@example.com>',
    '',
  ]) {
    const sent = sender.send({ ...render(welcome(), publicUrl), to: { name: 'Ana', address } });
    await t.rejects(sent, MailRefusedError, JSON.stringify(address));
  }
  t.equal(server.waiting, 0);
});

t.test('a recipient or a content that is refused with 5xx is refused for good', async (t) => {
  const noSuchUser = await serverFor(t, {
    onRcptTo: (_address, _session, done) => done(refusal(550, 'no such user')),
  });
  const mail = render(welcome(), publicUrl);
  await t.rejects(senderTo(t, noSuchUser.url).send(mail), MailRefusedError);
  const noSuchContent = await serverFor(t, {
    onData: (stream, _session, done) => {
      stream.resume().on('end', () => done(refusal(554, 'looks like spam')));
    },
  });
  await t.rejects(senderTo(t, noSuchContent.url).send(mail), MailRefusedError);
});

t.test('what may pass is not a refusal', async (t) => {
  const mail = render(welcome(), publicUrl);
  const passing = (url: string) =>
    senderTo(t, url)
      .send(mail)
      .then(
        () => t.fail('nothing can have been sent'),
        (error) => t.notOk(error instanceof MailRefusedError, error.message),
      );
  const busy = await serverFor(t, {
    onRcptTo: (_address, _session, done) => done(refusal(451, 'try again later')),
  });
  await passing(busy.url);
  const sender = await serverFor(t, {
    onMailFrom: (_address, _session, done) => done(refusal(550, 'not from you')),
  });
  await passing(sender.url);
  const locked = await serverFor(t, {
    authMethods: ['PLAIN'],
    allowInsecureAuth: true,
    onAuth: (_auth, _session, done) => done(refusal(535, 'wrong password')),
  });
  await passing(locked.url.replace('//', '//user:wrong@'));
  const gone = await startMailServer();
  await gone.close();
  await passing(gone.url);
});

t.test('the state is a word', async (t) => {
  const server = await serverFor(t);
  t.equal(await senderTo(t, server.url).state(), 'reachable');
  const gone = await startMailServer();
  await gone.close();
  t.equal(await senderTo(t, gone.url).state(), 'unreachable');
});

t.test('a second rendering of the same message has the same Message-ID', async (t) => {
  const server = await serverFor(t);
  const sender = senderTo(t, server.url);
  await sender.send(render(processed(), publicUrl));
  await sender.send(render(processed(), publicUrl));
  const ids = [await server.next(), await server.next()].map(
    ({ source }) => readMail(source).headers['message-id']?.[0],
  );
  t.same(new Set(ids), new Set([`<task.processed.${taskId}.1@files.example>`]));
});
