import { type Loss, losses, type ReportLine } from '@comprimemelo/contracts/archive';
import { limits } from '@comprimemelo/contracts/limits';

/** What to say of each loss. */
const details: Readonly<Record<Loss, string>> = {
  links: 'Links are left out.',
  'special-files': 'Devices, sockets, pipes and streams beside files are left out.',
  modes: 'The format does not keep that files are executable.',
  names: 'The format does not keep these names as they are.',
  times: 'The format does not keep when files were modified.',
  directories: 'The format does not keep directories.',
  encryption: 'The format takes no password: the result is not protected.',
};

/** What the results of a task do not have of its inputs, counted. */
export interface Report {
  add(lost: Loss, path: string): void;
  lines(): ReportLine[];
}

/** Characters of a path that are shown. */
const shownPath = 512;

/** Keeps the paths of the first of each loss alone, however many there are. */
export function createReport(): Report {
  const lost = new Map<Loss, { count: number; entries: string[] }>();
  return {
    add(loss, path) {
      const line = lost.get(loss) ?? { count: 0, entries: [] };
      lost.set(loss, line);
      line.count += 1;
      if (line.entries.length < limits.reportedEntries) line.entries.push(path.slice(0, shownPath));
    },
    lines: () =>
      losses.flatMap((loss) => {
        const line = lost.get(loss);
        return line ? [{ lost: loss, detail: details[loss], ...line }] : [];
      }),
  };
}
