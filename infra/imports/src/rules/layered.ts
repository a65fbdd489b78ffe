import { layers, packageLayers } from '../layers.js';
import { forbidImports, isProduction, type Rule } from './rule.js';

const floorOf = (floors: readonly string[], room: string) =>
  floors.findIndex((floor) => floor.split(' ').includes(room));

/** The room of a file below a folder: its first folder there, or its own name. */
function roomIn(folder: string, path: string): string | undefined {
  if (!path.startsWith(`${folder}/`)) return undefined;
  return path.slice(folder.length + 1).replace(/(?:\/.*|\.[cm]?[jt]s)$/, '');
}

/** Undefined where one of the two is in no room that a line names. */
function climbs(floors: readonly string[], from: string, to: string): boolean {
  const [here, there] = [floorOf(floors, from), floorOf(floors, to)];
  return from !== to && here >= 0 && there >= 0 && there <= here;
}

const climbsIn = (folder: string, floors: readonly string[], from: string, to: string) => {
  const [here, there] = [roomIn(folder, from), roomIn(folder, to)];
  return here !== undefined && there !== undefined && climbs(floors, here, there);
};

const packageOf = (path: string) => /^(?:packages\/[^/]+|prisma)(?=\/)/.exec(path)?.[0] ?? '';

export const layered: readonly Rule[] = [
  {
    name: 'imports-go-down-the-layers',
    check: forbidImports((from, to) =>
      Object.entries(layers).some(([folder, floors]) => climbsIn(folder, floors, from, to)),
    ),
  },
  {
    name: 'packages-go-down-the-layers',
    check: forbidImports(
      (from, to) => isProduction(from) && climbs(packageLayers, packageOf(from), packageOf(to)),
    ),
  },
  {
    name: 'every-room-has-a-layer',
    check: ({ files }) =>
      [...files.keys()].flatMap((path) => {
        const [, folder = '', room = ''] = /^(.*?\/src)\/([^/]+)\//.exec(path) ?? [];
        const isNamed = room === '' || floorOf(layers[folder] ?? [], room) >= 0;
        return isNamed ? [] : [{ path, detail: `${room} is in no layer of ${folder}` }];
      }),
  },
  {
    name: 'dependencies-are-types-alone',
    check: ({ files }) =>
      [...files.values()]
        .filter(({ path }) => /^services\/[^/]+\/src\/dependencies\.ts$/.test(path))
        .filter(({ text }) => /^(?:import (?!type )|export (?!interface |type ))/m.test(text))
        .map(({ path }) => ({ path, detail: 'imports or exports more than types' })),
  },
];
