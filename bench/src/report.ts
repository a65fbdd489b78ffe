import { atOnce, type FormatPairs, fileBytes, fileCount, type Pair } from './bench-archive.js';
import { median } from './measure.js';

/** Target overhead for a small file compared with 7-Zip alone, in milliseconds. */
const smallTarget = 150;

const columns = ['format', '7zz s', 'service s', 'ratio', 'min', 'max', 'CPU', 'target'];

function formatRow({ format, target, pairs }: FormatPairs): string[] {
  const ratios = pairs.map(({ alone, service }) => service.wall / alone.wall);
  const figures = [
    median(pairs.map(({ alone }) => alone.wall)),
    median(pairs.map(({ service }) => service.wall)),
    median(ratios),
    Math.min(...ratios),
    Math.max(...ratios),
    median(pairs.map(({ alone, service }) => service.cpu / alone.cpu)),
    target,
  ];
  return [format, ...figures.map((figure) => figure.toFixed(2))];
}

const rowOf = (cells: readonly string[]) => cells.map((cell) => cell.padStart(9)).join(' ');

/** A table of the ratios for large files. */
export const largeReport = (all: readonly FormatPairs[]): string[] => [
  `${fileCount} files of ${fileBytes / 1e6} MB, ${atOnce} at a time. Times are medians of wall time in seconds. Ratios`,
  'compare the service with 7zz alone in one pair of runs: median, minimum, maximum, and the median for CPU time.',
  rowOf(columns),
  ...all.map((one) => rowOf(formatRow(one))),
];

/** The overhead of the service for a small file, in milliseconds. */
export function smallReport(pairs: readonly Pair[]): string[] {
  if (pairs.length === 0) return [];
  const milliseconds = (values: number[]) => (median(values) * 1_000).toFixed(1);
  const alone = milliseconds(pairs.map((pair) => pair.alone.wall));
  const service = milliseconds(pairs.map((pair) => pair.service.wall));
  const more = milliseconds(pairs.map((pair) => pair.service.wall - pair.alone.wall));
  return [
    `${pairs.length} files of 10 kB to zip, one at a time, medians: 7zz alone ${alone} ms; from request to`,
    `processed ${service} ms; overhead ${more} ms (target: ${smallTarget} ms).`,
  ];
}
