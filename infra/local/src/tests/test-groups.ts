/** Test files that run in one process, one after the other. */
export interface TestGroup {
  name: string;
  /** Compiled test files, relative to the root. */
  files: readonly string[];
  /** True where nothing else may run meanwhile. */
  measures: boolean;
}

/** They start whole systems, or measure one: each has a process of its own. */
const alone = /^(e2e|infra\/local)\//;
/** They weigh the services that all others use: before those have left anything in their heaps. */
const measured = /\/measured\//;
/** Files of a group: more save little, and hold up the end of the run. */
const most = 12;

const packageOf = (file: string) => file.slice(0, file.indexOf('/dist/test/'));

function inTurns(name: string, files: readonly string[]): TestGroup[] {
  const groups = Array.from({ length: Math.ceil(files.length / most) }, (_, turn) =>
    files.slice(turn * most, (turn + 1) * most),
  );
  return groups.map((group, index) => ({
    name: `${name} (${index + 1})`,
    files: group,
    measures: false,
  }));
}

/**
 * The files of a package share processes: loading tap, Fastify and Prisma is most of the work of a small
 * file, and the services' files take a third of the CPU time that they take one by one. What measures is first.
 */
export function groupTestFiles(files: readonly string[]): TestGroup[] {
  const own = files.filter((file) => alone.test(file) && !measured.test(file));
  const shared = files.filter((file) => !alone.test(file));
  const packages = [...new Set(shared.map(packageOf))];
  return [
    ...files
      .filter((file) => measured.test(file))
      .map((file) => ({ name: file, files: [file], measures: true })),
    ...own.map((file) => ({ name: file, files: [file], measures: false })),
    ...packages.flatMap((name) =>
      inTurns(
        name,
        shared.filter((file) => packageOf(file) === name),
      ),
    ),
  ];
}
