import type { Repository } from '../repository.js';
import type { Rule, Violation } from './rule.js';

interface Visit {
  readonly order: number;
  /** The lowest order that is reached from here. */
  low: number;
  isOpen: boolean;
}

/** Files that import each other, round and round. Source: Tarjan, "Depth-first search and linear graph algorithms". */
export function circlesOf({ files }: Repository): string[][] {
  const visits = new Map<string, Visit>();
  const open: string[] = [];
  const circles: string[][] = [];
  const visit = (path: string): Visit => {
    const here: Visit = { order: visits.size, low: visits.size, isOpen: true };
    visits.set(path, here);
    open.push(path);
    for (const to of files.get(path)?.imports ?? []) {
      if (!files.has(to)) continue;
      const there = visits.get(to) ?? visit(to);
      if (there.isOpen) here.low = Math.min(here.low, there.low);
    }
    if (here.low === here.order) close(path);
    return here;
  };
  const close = (path: string) => {
    const circle = open.splice(open.lastIndexOf(path));
    for (const member of circle) {
      const closed = visits.get(member);
      if (closed) closed.isOpen = false;
    }
    const importsItself = files.get(path)?.imports.includes(path) === true;
    if (circle.length > 1 || importsItself) circles.push(circle);
  };
  for (const path of files.keys()) if (!visits.has(path)) visit(path);
  return circles;
}

/** Types count: a circle of types holds files together as one of values does. */
export const noCircle: Rule = {
  name: 'no-circle',
  check: (repository) =>
    circlesOf(repository).map((circle): Violation => {
      const [first = ''] = circle;
      return { path: first, detail: `is in a circle: ${circle.sort().join(', ')}` };
    }),
};
