import { mkdtemp, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { WrittenFormat } from '@comprimemelo/contracts/formats';
import type { ConversionJob } from '@comprimemelo/contracts/messages';
import type { LocalInput, RunningJob } from '../../src/job/running-job.js';
import { compress } from '../../src/operations/compress.js';
import { convert } from '../../src/operations/convert.js';
import { decompress } from '../../src/operations/decompress.js';
import { agreeOnFiles, agreeOnLosses } from './agree.js';
import { type Cargo, checkArchive, type Readers } from './check-archive.js';
import { holdings } from './holdings.js';
import type { Journey } from './journeys.js';
import { type Packer, packTree } from './trees/pack-tree.js';
import type { Tree } from './trees/tree.js';
import { downloadUploads, heldOfUploads, lossesOfUploads, uploadTree } from './upload-tree.js';

export interface Travelling {
  /** What all jobs share; each gets a folder of its own. */
  readonly running: RunningJob;
  readonly readers: Readers;
  /** An empty folder. */
  readonly folder: string;
}

/** An archive on its way, and what it holds. */
interface Stop {
  readonly location: string;
  readonly format: WrittenFormat;
  readonly cargo: Cargo;
}

/**
 * Takes a tree through its formats and out again. Throws where an archive does not hold what its format can, or a
 * report does not say exactly what was lost.
 */
export async function travel(journey: Journey, travelling: Travelling): Promise<void> {
  const [first, second] = journey.pair;
  const start = journey.packer ? await packed(journey.tree, journey.packer, travelling) : undefined;
  const stop = start
    ? await converted(start, first, { journey, travelling })
    : await compressed(journey, travelling);
  await unpacked(await converted(stop, second, { journey, travelling }), travelling);
}

async function packed(tree: Tree, packer: Packer, { folder }: Travelling): Promise<Stop> {
  const entries = await packTree(folder, tree, packer);
  const cargo = { entries, ordered: true, step: 1 };
  return { location: join(folder, 'tree.tar'), format: 'tar', cargo };
}

async function compressed(
  { tree, level, pair: [format] }: Journey,
  travelling: Travelling,
): Promise<Stop> {
  const blobs = join(travelling.folder, 'blobs');
  const uploads = await uploadTree(blobs, tree);
  const job = { operation: 'compress', format, options: { level }, inputs: uploads } as const;
  const running = await jobIn(travelling, job);
  const inputs = await downloadUploads(running, blobs);
  const { files, report = [] } = await compress(running, inputs);
  const location = `${files[0]?.location}`;
  const cargo = { entries: heldOfUploads(tree, uploads, inputs), ordered: true, step: 1 };
  const made = { format, location, report, where: `compressed to ${format}` };
  const correct = lossesOfUploads(uploads, inputs, format);
  const left = await checkArchive(cargo, made, { readers: travelling.readers, correct });
  return { location, format, cargo: left };
}

async function converted(
  { location: before, format: from, cargo }: Stop,
  format: WrittenFormat,
  { journey, travelling }: { journey: Journey; travelling: Travelling },
): Promise<Stop> {
  const where = `${from} converted to ${format}`;
  const { level } = journey;
  const job = { operation: 'convert', format, options: { level } } as const;
  const running = await jobIn(travelling, job);
  const { files, report = [] } = await convert(running, [await inputOf(before, `stop.${from}`)]);
  const location = `${files[0]?.location}`;
  const made = { format, location, report, where };
  const named = asRead(cargo, from);
  const left = await checkArchive(named, made, { readers: travelling.readers });
  return { location, format, cargo: left };
}

async function unpacked({ location, format, cargo }: Stop, travelling: Travelling): Promise<void> {
  const running = await jobIn(travelling, { operation: 'decompress', format: null });
  const { files, report = [] } = await decompress(running, [
    await inputOf(location, `stop.${format}`),
  ]);
  const where = `${format} decompressed`;
  const { entries, ordered } = asRead(cargo, format);
  await agreeOnFiles(files, entries, { where, ordered });
  const links = entries.filter(({ kind }) => kind === 'symlink').length;
  agreeOnLosses(report, links > 0 ? { links } : {}, where);
}

/** What is read of an archive called `stop`: the file in an archive of one file has the archive's name. */
function asRead({ entries, ...cargo }: Cargo, format: WrittenFormat): Cargo {
  const { tree, lineFeeds } = holdings[format];
  const pathOf = (path: string) => (lineFeeds ? path : path.replaceAll('\n', '_'));
  return {
    ...cargo,
    entries: entries.map((entry) => ({ ...entry, path: tree ? pathOf(entry.path) : 'stop' })),
  };
}

async function jobIn(
  { running, folder }: Travelling,
  difference: Partial<ConversionJob>,
): Promise<RunningJob> {
  const directory = await mkdtemp(join(folder, 'job-'));
  return { ...running, directory, job: { ...running.job, ...difference } };
}

async function inputOf(location: string, name: string): Promise<LocalInput> {
  return { name, location, size: (await stat(location)).size };
}
