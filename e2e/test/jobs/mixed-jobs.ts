import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formats, readFormats, writtenFormats } from '@comprimemelo/contracts/formats';
import type { ProblemSlug } from '@comprimemelo/contracts/problems';
import { bombOf, sevenBomb, zipBomb } from '@comprimemelo/testing/archives/bombs';
import { foreignArchives } from '@comprimemelo/testing/archives/foreign-archives';
import { linkedArchives } from '@comprimemelo/testing/archives/linked';
import { overlappingZip } from '@comprimemelo/testing/archives/overlapping-zip';
import { singleEntry } from '@comprimemelo/testing/archives/single-entry';
import type { Fields, Input } from '../client/api-client.js';

/** A job, and how its task ends. */
export interface MixedJob {
  readonly what: string;
  readonly fields: Fields;
  readonly inputs: Input[];
  readonly end:
    | { status: 'processed'; resultCount: number }
    | { status: 'failed'; problem: ProblemSlug };
}

const input = (name: string, bytes: Uint8Array<ArrayBuffer> | string): Input => ({
  name,
  content: new Blob([bytes]),
});
const processed = (resultCount: number) => ({ status: 'processed', resultCount }) as const;
const failed = (problem: ProblemSlug) => ({ status: 'failed', problem }) as const;
const decompress = { operation: 'decompress' };

interface Sample {
  name: string;
  bytes: Buffer<ArrayBuffer>;
  files: number;
}

/** One archive of each format, small, as another program makes it. */
async function readSamples(): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (const format of readFormats) {
    const archive = foreignArchives.find((one) => one.format === format);
    if (!archive) throw new Error(`no archive of ${format}`);
    const folder = await mkdtemp(join(tmpdir(), 'mixed-jobs-'));
    const bytes = await readFile(await archive.make(folder));
    await rm(folder, { recursive: true });
    const files = archive.members.filter(({ directory }) => !directory).length;
    // A Debian package shows its control file as well.
    const more = format === 'deb' ? 1 : 0;
    const name = `sample.${formats[format].extensions[0]}`;
    samples.push({ name, bytes: Buffer.from(bytes), files: files + more });
  }
  return samples;
}

function goodJobs(samples: readonly Sample[]): MixedJob[] {
  const targets = writtenFormats.filter((format) => !formats[format].singleFile);
  return [
    ...writtenFormats.map((format) => ({
      what: `compress to ${format}`,
      fields: { format },
      inputs: [input('a.txt', 'text '.repeat(2_000))],
      end: processed(1),
    })),
    ...samples.flatMap(({ name, bytes, files }, at): MixedJob[] => {
      const inputs = [input(name, bytes)];
      const format = targets[at % targets.length] ?? 'zip';
      return [
        { what: `decompress ${name}`, fields: decompress, inputs, end: processed(files) },
        {
          what: `convert ${name} to ${format}`,
          fields: { operation: 'convert', format },
          inputs,
          end: processed(1),
        },
        { what: `inspect ${name}`, fields: { operation: 'inspect' }, inputs, end: processed(0) },
      ];
    }),
  ];
}

const hostile = (what: string, name: string, bytes: Buffer, problem: ProblemSlug): MixedJob => ({
  what,
  fields: decompress,
  inputs: [input(name, Buffer.from(bytes))],
  end: failed(problem),
});

/** A name that leads out refuses its archive; others are made harmless, or are none of our business. */
const oddNames = (): MixedJob[] =>
  Object.entries(singleEntry).flatMap(([format, build]) => {
    const made = (name: string) => build(name, Buffer.from('x'));
    // A Debian package shows its control file as well.
    const end = processed(format === 'deb' ? 2 : 1);
    const harmless = ['/tmp/absolute', 'CON'].map((name): MixedJob => {
      const inputs = [input(`a.${format}`, Buffer.from(made(name)))];
      return { what: `${name} in ${format}`, fields: decompress, inputs, end };
    });
    return [
      hostile(`../up in ${format}`, `a.${format}`, made('../up'), 'unsafe-entry'),
      ...harmless,
    ];
  });

/** What half of it does not show: a stream without an end mark, and an image whose files lie in its first half. */
const wholeInHalf: ReadonlySet<string> = new Set(['sample.z', 'sample.iso']);

function bombs(): MixedJob[] {
  const all: Record<string, Buffer> = {
    'bomb.zip': zipBomb(),
    'bomb.7z': sevenBomb(),
    'streams.xz': bombOf('xz'),
    'streams.bz2': bombOf('bzip2'),
    'frames.zst': bombOf('zstd'),
    'overlapping.zip': overlappingZip(200, 20_000_000),
  };
  return Object.entries(all).map(([name, bytes]) =>
    hostile(name, name, bytes, 'archive-too-large'),
  );
}

function hostileJobs(samples: readonly Sample[]): MixedJob[] {
  const image = Buffer.concat([Buffer.from('\xeb\x52\x90NTFS    ', 'latin1'), Buffer.alloc(8_000)]);
  const links = Object.entries(linkedArchives('/etc/hostname', '/tmp'));
  return [
    ...oddNames(),
    ...samples
      .filter(({ name }) => !wholeInHalf.has(name.toLowerCase()))
      .map(({ name, bytes }) =>
        hostile(`half of ${name}`, name, bytes.subarray(0, bytes.length / 2), 'archive-corrupt'),
      ),
    hostile('an empty zip', 'empty.zip', Buffer.alloc(0), 'archive-corrupt'),
    hostile('an NTFS image', 'image', image, 'unsupported-archive'),
    ...bombs(),
    ...links.map(([format, { bytes }]): MixedJob => {
      const inputs = [input(`links.${format}`, Buffer.from(bytes))];
      // Two files; the hard link inside is one of its own; a package has its control file, too.
      const count = { tar: 3, deb: 4 }[format] ?? 2;
      return { what: `links in ${format}`, fields: decompress, inputs, end: processed(count) };
    }),
  ];
}

/** That many jobs in turns, every third of them hostile. */
export async function mixedJobs(count: number): Promise<MixedJob[]> {
  const samples = await readSamples();
  const [good, bad] = [goodJobs(samples), hostileJobs(samples)];
  return Array.from({ length: count }, (_, at) => {
    const from = at % 3 === 2 ? bad : good;
    const job = from[Math.floor(at / 3) % from.length];
    const other = good[(at - Math.floor(at / 3)) % good.length];
    const chosen = at % 3 === 2 ? job : other;
    if (!chosen) throw new Error('there are jobs of each kind');
    return chosen;
  });
}
