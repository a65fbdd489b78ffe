import { spawn } from 'node:child_process';
import { once } from 'node:events';
import t from 'tap';

const moduleUrl = (name: string) =>
  JSON.stringify(new URL(`../../src/${name}.js`, import.meta.url).href);

async function run(start: string, signal?: NodeJS.Signals, options = '{}') {
  const program = `
    import { runProcess } from ${moduleUrl('process/run-process')};
    import { createLogger } from ${moduleUrl('process/logger')};
    import { ConfigError } from ${moduleUrl('config')};
    await runProcess('test', async (onClose) => { ${start} }, ${options});`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program]);
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
    if (signal !== undefined && output.includes('started')) child.kill(signal);
  });
  const [code] = await once(child, 'close');
  return {
    code,
    lines: output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  };
}

t.test('closes in reverse order on a signal, also when one fails', async (t) => {
  const { code, lines } = await run(
    `const logger = createLogger('test');
    onClose('first', () => logger.info('first'));
    onClose('second', () => { throw new Error('stuck'); });
    onClose('third', () => logger.info('third'));
    setInterval(() => {}, 1000);
    setTimeout(() => logger.info('started'), 100);
    return logger;`,
    'SIGTERM',
  );
  t.equal(code, 0);
  t.strictSame(
    lines.map(({ msg }) => msg),
    ['started', 'third', 'closing second failed', 'first'],
  );
});

t.test('one that never closes leaves the others their time, and the exit in order', async (t) => {
  const { code, lines } = await run(
    `const logger = createLogger('test');
    onClose('first', () => logger.info('first'));
    onClose('second', () => new Promise(() => {}));
    onClose('third', () => logger.info('third'));
    setInterval(() => {}, 1000);
    setTimeout(() => logger.info('started'), 100);
    return logger;`,
    'SIGTERM',
    '{ bound: 900 }',
  );
  t.equal(code, 0);
  t.strictSame(
    lines.map(({ msg }) => msg),
    ['started', 'third', 'closing second failed', 'first'],
  );
});

t.test('a start that fails says why in one line and closes what was open', async (t) => {
  const { code, lines } = await run(
    `onClose('opened', () => createLogger('test').info('opened is closed'));
    throw new ConfigError('PORT is missing');`,
  );
  t.equal(code, 1);
  t.match(lines[0], { level: 60, msg: 'test cannot start: PORT is missing' });
  t.equal(lines[0].err, undefined, 'without a stack');
  t.match(lines[1], { msg: 'opened is closed' });
});
