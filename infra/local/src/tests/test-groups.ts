import { weightOf } from './test-weights.js';

/** Test files that run in one process, one after the other. */
export interface TestGroup {
  name: string;
  /** Compiled test files, relative to the root. */
  files: readonly string[];
  /** True where nothing else may run meanwhile. */
  measures: boolean;
}

/** They start whole systems or servers, or speak to one for long: each has a process of its own. */
const alone = /^(?:e2e|infra\/local\/dist\/test\/(?:commands|nginx|system))\//;
/** They weigh the services that all others use: before those have left anything in their heaps. */
const measured = /\/measured\//;
/** Files and CPU seconds of a group: more save little, and hold up the end of the run. */
const most = { files: 12, seconds: 25 };

const packageOf = (file: string) => file.slice(0, file.indexOf('/dist/test/'));
const secondsOf = (files: readonly string[]) =>
  files.reduce((sum, file) => sum + weightOf(file), 0);

/** The files in their order, cut where a group is full. */
function inTurns(name: string, files: readonly string[]): TestGroup[] {
  const groups: string[][] = [];
  for (const file of files) {
    const last = groups.at(-1);
    const isFull =
      last === undefined || last.length === most.files || secondsOf([...last, file]) > most.seconds;
    if (isFull) groups.push([file]);
    else last.push(file);
  }
  return groups.map((group, index) => ({
    name: `${name} (${index + 1})`,
    files: group,
    measures: false,
  }));
}

const byItself = (measures: boolean) => (file: string) => ({ name: file, files: [file], measures });

/**
 * The files of a package share processes: loading tap, Fastify and Prisma is most of the work of a small
 * file, and the services' files take a third of the CPU time that they take one by one. What measures is first;
 * then what takes longest, so that no core is idle at the end.
 */
export function groupTestFiles(files: readonly string[]): TestGroup[] {
  const others = files.filter((file) => !measured.test(file));
  const shared = others.filter((file) => !alone.test(file));
  const packages = [...new Set(shared.map(packageOf))];
  const groups = [
    ...others.filter((file) => alone.test(file)).map(byItself(false)),
    ...packages.flatMap((name) =>
      inTurns(
        name,
        shared.filter((file) => packageOf(file) === name),
      ),
    ),
  ];
  return [
    ...files.filter((file) => measured.test(file)).map(byItself(true)),
    ...groups.sort((one, other) => secondsOf(other.files) - secondsOf(one.files)),
  ];
}
