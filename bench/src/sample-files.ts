import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';

/** A file to compress, alone in its folder. */
export interface SampleFile {
  folder: string;
  name: string;
  content: Buffer;
}

const textExtensions = new Set(['.js', '.mjs', '.ts', '.md']);

/** The text files below a folder in a fixed order. Links are not followed: pnpm's lead in circles. */
function* textFiles(folder: string): Generator<string> {
  const entries = readdirSync(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* textFiles(path);
    else if (entry.isFile() && textExtensions.has(extname(entry.name))) yield path;
  }
}

/** The concatenated text files of the installed packages, up to a number of bytes. */
function packageTexts(modules: string, bytes: number): Buffer {
  const texts: Buffer[] = [];
  let total = 0;
  for (const path of textFiles(modules)) {
    if (total >= bytes) break;
    const text = readFileSync(path);
    texts.push(text);
    total += text.length;
  }
  return Buffer.concat(texts);
}

function writeSample(folder: string, name: string, content: Buffer): SampleFile {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), content);
  return { folder, name, content };
}

/** Cuts samples from the programs and texts on this machine: identical for the same checkout and Node version. */
export interface SampleSource {
  /** Writes `count` files of `bytes` bytes below the folder, programs and texts in turn. */
  files(folder: string, count: number, bytes: number): SampleFile[];
  /** Writes one text file. */
  text(folder: string, bytes: number): SampleFile;
}

/** Reads `bytes` bytes each of programs and texts; `modules` is the package folder of pnpm. */
export function openSampleSource(modules: string, bytes: number): SampleSource {
  const program = readFileSync(process.execPath);
  const texts = packageTexts(modules, bytes);
  return {
    files: (folder, count, size) =>
      Array.from({ length: count }, (_, at) => {
        const [source, extension] = at % 2 === 0 ? [program, 'bin'] : [texts, 'txt'];
        const from = Math.floor(((source.length - size) * at) / Math.max(count - 1, 1));
        const content = source.subarray(from, from + size);
        return writeSample(join(folder, String(at)), `sample-${at}.${extension}`, content);
      }),
    text: (folder, size) => writeSample(folder, 'sample.txt', texts.subarray(0, size)),
  };
}
