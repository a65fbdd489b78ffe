import { spawnSync } from 'node:child_process';
import t from 'tap';

t.test('secrets do not reach the log', async (t) => {
  const program = `
    import { createLogger } from ${JSON.stringify(new URL('../../src/process/logger.js', import.meta.url).href)};
    const secret = 'hunter2';
    createLogger('test').info({
      password: secret,
      req: { headers: { authorization: secret, cookie: secret }, password: secret },
      body: { passwordConfirmation: secret, refresh_token: secret },
      name: 'ada',
    }, 'hello');`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    encoding: 'utf8',
  });
  t.match(JSON.parse(stdout), { service: 'test', name: 'ada', msg: 'hello' });
  t.notMatch(stdout, 'hunter2');
});
