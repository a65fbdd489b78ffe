import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { lastLine, runCommand } from '../../src/process/run-command.js';
import { until } from '../../src/process/until.js';

t.test('tells the code and all output', async (t) => {
  const heard: string[] = [];
  const onOutput = (text: string) => heard.push(text);
  const result = await runCommand('sh', ['-c', 'echo out; echo err >&2; exit 3'], { onOutput });
  t.equal(result.code, 3);
  t.match(result.output, 'out\n');
  t.match(result.output, 'err\n');
  t.equal(heard.join(''), result.output);
});

t.test('an absent command has no code', async (t) => {
  const { code, output } = await runCommand('/no/such/command', []);
  t.equal(code, undefined);
  t.match(output, 'ENOENT');
});

t.test('a command that is stopped has ended, with what it has started', async (t) => {
  const file = join(t.testdir({ pid: '' }), 'pid');
  const pid = () => readFileSync(file, 'utf8').trim();
  const stop = new AbortController();
  const running = runCommand('sh', ['-c', `sleep 600 & echo $! > ${file}; wait`], {
    signal: stop.signal,
    group: true,
  });
  t.ok(await until(() => pid() !== '', { timeout: 60_000 }));
  stop.abort();
  t.equal((await running).code, null);
  t.ok(await until(() => !isRunning(Number(pid())), { timeout: 60_000 }));
});

const isRunning = (pid: number) => {
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
};

t.test('the last line of an output', (t) => {
  t.equal(lastLine('a\nb \n\n'), 'b');
  t.equal(lastLine(''), '');
  t.end();
});
