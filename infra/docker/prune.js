// Leaves in pnpm's store (node_modules/.pnpm) what the services can reach, and nothing else.
// pnpm takes the optional peers of @prisma/client, its generator and the compiler, for dependencies: they are
// 190 MB with all that they need, and nothing loads them at run time.
import { existsSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { join, sep } from 'node:path';

const store = join(process.cwd(), 'node_modules', '.pnpm');
const peers = ['prisma', 'typescript'];

/** The packages in a node_modules directory, as paths; those of scopes too. */
function packagesIn(directory) {
  if (!existsSync(directory)) return [];
  const names = readdirSync(directory).filter((name) => !name.startsWith('.'));
  return names.flatMap((name) =>
    name.startsWith('@')
      ? readdirSync(join(directory, name)).map((inner) => join(directory, name, inner))
      : [join(directory, name)],
  );
}

for (const name of readdirSync(store).filter((name) => name.startsWith('@prisma+client@'))) {
  for (const peer of peers) rmSync(join(store, name, 'node_modules', peer), { force: true });
}

const reached = new Set();
function reach(directory) {
  for (const link of packagesIn(directory)) {
    const path = realpathSync(link);
    if (!path.startsWith(store + sep)) continue;
    const name = path.slice(store.length + 1).split(sep, 1)[0];
    if (reached.has(name)) continue;
    reached.add(name);
    reach(join(store, name, 'node_modules'));
  }
}

const groups = ['packages', 'services'].flatMap((group) =>
  readdirSync(group).map((name) => join(group, name)),
);
for (const folder of ['prisma', ...groups]) reach(join(process.cwd(), folder, 'node_modules'));

for (const name of readdirSync(store)) {
  // The other entry is pnpm's own directory of links for packages that declare too little.
  if (!reached.has(name)) rmSync(join(store, name), { recursive: true });
}
