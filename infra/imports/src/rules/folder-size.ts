import { dirname } from 'node:path';
import type { Rule } from './rule.js';

const most = 20;

/** A folder of routes has one file for each operation, as many as there are. */
export const folderSize: Rule = {
  name: 'no-folder-of-more-than-20-files',
  check: ({ files }) => {
    const counts = new Map<string, number>();
    for (const path of files.keys()) {
      const folder = dirname(path);
      counts.set(folder, (counts.get(folder) ?? 0) + 1);
    }
    return [...counts]
      .filter(([folder, count]) => count > most && !folder.endsWith('/src/routes'))
      .map(([path, count]) => ({ path, detail: `has ${count} source files` }));
  },
};
