import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  formats,
  readFormats,
  type WrittenFormat,
  writtenFormats,
} from '@comprimemelo/contracts/formats';
import {
  type ForeignArchive,
  foreignArchives,
  unreadableLosses,
} from '@comprimemelo/testing/archives/foreign-archives';
import { type Contents, freshFolder } from '@comprimemelo/testing/folders';
import t, { type Test } from 'tap';
import { convert } from '../../src/operations/convert.js';
import { failure } from '../fixtures/problems.js';
import { readWithLibarchive } from '../fixtures/programs/other-readers.js';
import { localJob } from '../fixtures/running-job.js';

/** Converts, and lets another program read the result. */
async function converted(
  t: Test,
  { contents, lost }: { contents: Contents; lost: readonly string[] },
  format: WrittenFormat,
): Promise<Contents> {
  const { running, inputs } = await localJob(t, contents, { format });
  const { files, report = [] } = await convert(running, inputs);
  const losses = report.map((line) => line.lost);
  if (!formats[format].singleFile) t.strictSame(losses, lost, format);
  const folder = join(running.directory, 'read');
  return readWithLibarchive(`${files[0]?.location}`, { format, folder, name: 'only' });
}

/** What must come out: of a package what says what it is, too. */
function filesOf({ members, format }: ForeignArchive): Contents {
  const files = members.flatMap(({ path, directory, data }) =>
    directory ? [] : [[path.normalize('NFC'), data ?? Buffer.alloc(0)] as const],
  );
  const control = Buffer.alloc(0);
  return Object.fromEntries(format === 'deb' ? [...files, ['DEBIAN/control', control]] : files);
}

const withoutControl = (contents: Contents): Contents =>
  'DEBIAN/control' in contents ? { ...contents, 'DEBIAN/control': Buffer.alloc(0) } : contents;

/** ar holds no folders: test/field-cases has it. */
for (const source of readFormats.filter((one) => one !== 'ar')) {
  const archive = foreignArchives.find(({ format }) => format === source);
  if (!archive) throw new Error(`no archive of ${source}`);
  const files = filesOf(archive);
  t.test(`${source} to each format that is written`, async (t) => {
    const bytes = await readFile(await archive.make(await freshFolder(t)));
    const contents = { [`only.${formats[source].extensions[0]}`]: bytes };
    const input = { contents, lost: unreadableLosses(archive) };
    const toFormat = async (format: WrittenFormat) => {
      if (formats[format].singleFile && Object.keys(files).length > 1) {
        await t.rejects(converted(t, input, format), failure('single-file-format'), format);
      } else {
        t.strictSame(withoutControl(await converted(t, input, format)), files, format);
      }
    };
    await Promise.all(writtenFormats.map(toFormat));
  });
}
