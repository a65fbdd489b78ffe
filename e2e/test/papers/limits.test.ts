import { join } from 'node:path';
import { limits } from '@comprimemelo/contracts/limits';
import { levels } from '@comprimemelo/contracts/states';
import { portsFrom } from '@comprimemelo/local/run/ports';
import t from 'tap';
import { quoted, readText, root, section, tableRows } from './pages.js';

/** A compiled module of the repository. */
const load = async (path: string) => (await import(join(root, path))) as Record<string, unknown>;

const kibibyte = 1024;
const mebibyte = 1024 * kibibyte;
const many = (count: number) => count.toLocaleString('en-US');
const guide = readText('docs/api.md');

t.test("the API guide's limits are those of the contracts", async (t) => {
  const { defaultLimits } = (await load(
    'services/compressor/dist/src/job/extraction-limits.js',
  )) as { defaultLimits: Record<'bytes' | 'entries' | 'ratio' | 'ratioFrom', number> };
  const rows = new Map(
    tableRows(section(guide, 'Clients and limits')).map(([name = '', value = '']) => [name, value]),
  );
  const { fileYears } = (await load('packages/uploads/dist/src/file-time.js')) as {
    fileYears: Record<'first' | 'last', number>;
  };
  const { bytes, entries, ratio, ratioFrom } = defaultLimits;
  const wanted: Record<string, string> = {
    'files in one request or task': `${limits.files}`,
    'bytes of one request': `${limits.uploadBytes / mebibyte / kibibyte} GiB (\`MAX_UPLOAD_BYTES\`)`,
    'a JSON body; a form field': `${limits.bodyBytes / mebibyte} MiB; ${limits.fieldBytes / kibibyte} KiB`,
    'a file name': `${limits.nameBytes} bytes of UTF-8; a longer one is cut at a character, before its extension`,
    'the path and the time of an upload': `${many(limits.uploadPathBytes)} bytes of UTF-8; the years ${fileYears.first} to ${fileYears.last}`,
    "an archive's password": `${limits.passwordLength} characters`,
    'paths in `entries`': many(limits.requestedEntries),
    'what comes out of an archive': `${bytes / 1e9} GB, ${many(entries)} entries, and ${many(ratio)} times its size above ${ratioFrom / 2 ** 30} GiB`,
    'results that a task shows of itself': `${limits.shownResults}; all of them are in \`GET /api/files?task={id}\``,
  };
  for (const [name, value] of Object.entries(wanted)) t.equal(rows.get(name), value, name);
  t.equal(rows.size, Object.keys(wanted).length + 1, 'every row is checked');
  const flat = guide.replace(/\s+/g, ' ');
  t.match(flat, `\`limit\` 1 to ${limits.maxPageSize} (default: ${limits.pageSize})`);
  t.match(flat, `after ${limits.maxWaitSeconds} s at the latest`);
  t.match(flat, `may have ${limits.accountStreams} streams open`);
  t.match(flat, `an account may have ${limits.webhooks}.`);
});

t.test('deliveries are tried as often as the pages say', async (t) => {
  const { usualPauses } = (await load(
    'services/webhooks/dist/src/deliveries/retry-schedule.js',
  )) as { usualPauses: readonly number[] };
  const hours = usualPauses.reduce((sum, pause) => sum + pause, 0) / 3_600_000;
  t.equal(usualPauses.length + 1, 9);
  t.equal(Math.floor(hours), 27);
  for (const page of ['docs/api.md', 'docs/decisions/0014-webhook-deliveries-are-rows.md']) {
    t.match(readText(page).replace(/\s+/g, ' '), /nine attempts over 27 hours/i, page);
  }
});

t.test('the levels are those that the encoders are given', async (t) => {
  const { containers } = (await load(
    'services/compressor/dist/src/engines/seven-zip/container.js',
  )) as { containers: Record<string, { levels?: Record<string, number> }> };
  const { libdeflateLevels, lbzip2Levels } = (await load(
    'services/compressor/dist/src/pack/encoder-levels.js',
  )) as Record<'libdeflateLevels' | 'lbzip2Levels', Record<string, number>>;
  const rows = tableRows(section(readText('docs/archives.md'), 'Writing'));
  for (const level of levels) {
    const row = rows.find(([name]) => quoted(name)[0] === level) ?? [];
    const by = (name: string) => containers[name]?.levels?.[level];
    const blocks = lbzip2Levels[level];
    const bz2 = [blocks, blocks ? '' : by('bz2')];
    const expected = [libdeflateLevels[level], ...bz2, by('xz'), by('zst')];
    t.same(
      row.slice(1),
      expected.map((one) => `${one ?? ''}`),
      level,
    );
  }
});

t.test('the settings of the benchmark have their defaults', async (t) => {
  const { readBenchConfig, targets } = (await load('bench/dist/src/config.js')) as {
    readBenchConfig(env: object): { port: number; rounds: number; smallJobs: number };
    targets: Record<string, number>;
  };
  const { port, rounds, smallJobs } = readBenchConfig({});
  const rows = tableRows(readText('docs/benchmarks.md'));
  const cell = (name: string, column: number) => rows.find(([first]) => first === name)?.[column];
  t.equal(cell('`BENCH_PORT`', 1), `\`${port}\``);
  t.equal(cell('`BENCH_ROUNDS`', 1), `\`${rounds}\``);
  t.equal(cell('`BENCH_SMALL_JOBS`', 1), `\`${smallJobs}\``);
  for (const [format, target] of Object.entries(targets)) t.equal(cell(format, 5), `${target}`);
});

t.test('the ports are as many as the pages say', async (t) => {
  const ports = Object.values(portsFrom(8_080));
  t.equal(Math.max(...ports) - 8_080, 12);
  t.match(readText('docs/configuration.md'), 'the twelve ports above it');
  t.match(readText('docs/operations.md'), 'the twelve ports above');
  t.match(readText('docs/trouble.md'), 'one of the thirteen ports');
  t.match(readText('docs/trouble.md'), `127.0.0.1:${portsFrom(8_080).compressor}/readyz`);
});
