import { once } from 'node:events';
import { createServer } from 'node:http';
import t, { type Test } from 'tap';
import { givenEnvironment } from '../../src/config.js';
import { sandboxLine } from '../../src/system/sandbox-line.js';

/** Where a compressor says this of its sandbox. */
async function compressorThatSays(t: Test, sandbox: string): Promise<string> {
  const server = createServer((_request, response) => {
    response.end(JSON.stringify({ status: 'ready', checks: { broker: 'ok', sandbox } }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => server.close());
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
}

t.test('the compressor of the tests runs 7-Zip in the full sandbox', async (t) => {
  const urls = JSON.parse(givenEnvironment().TEST_SERVICE_URLS ?? '{}');
  t.equal(await sandboxLine(urls.compressor), '7-Zip runs in the full sandbox (bwrap)');
});

t.test('a weaker sandbox is a warning with its cause and the ways out', async (t) => {
  const said = 'ok: namespaces; bwrap: prlimit: failed to execute bwrap';
  const line = await sandboxLine(await compressorThatSays(t, said));
  t.match(
    line,
    /^WARNING: 7-Zip does not run in the full sandbox, but in a weaker one: namespaces; bwrap: prlimit: failed/,
  );
  t.match(line, 'Install bubblewrap');
  t.match(line, 'REQUIRE_SANDBOX=1');
  t.notMatch(line, '\n');
});

t.test('several lines of a cause are one', async (t) => {
  const said = 'ok: limits; bwrap: No permissions\nto create; namespaces: unshare failed';
  t.notMatch(await sandboxLine(await compressorThatSays(t, said)), '\n');
});
