import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import t from 'tap';
import { readme, root, section, tableNames } from './readme.js';

const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** The packages of the workspace, as the root's tsconfig.json names them, and the root itself. */
const packages: string[] = [
  '.',
  ...(JSON.parse(read('tsconfig.json')) as { references: { path: string }[] }).references.map(
    ({ path }) => path,
  ),
];

const manifests = packages.map(
  (path) =>
    JSON.parse(read(`${path}/package.json`)) as Record<
      'dependencies' | 'devDependencies' | 'scripts',
      Record<string, string> | undefined
    >,
);

/** The TypeScript files below these folders of a package. */
function sources(path: string, folders: string[]): string[] {
  return folders
    .map((folder) => join(path, folder))
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts') && !name.startsWith('generated'))
        .map((name) => join(folder, name)),
    );
}

const text = (paths: string[]) => paths.map(read).join('\n');

t.test('every path and link is there', async (t) => {
  const [, map = ''] = /```text\n(.*?)```/s.exec(section('Layout')) ?? [];
  const paths = map.split('\n').flatMap((line) => line.split(' ', 1));
  const links = [...readme.matchAll(/\]\(([^)#:]+)\)/g)].map(([, link]) => link ?? '');
  const named = [...paths, ...links].filter((path) => path !== '' && !path.includes('<'));
  t.ok(named.length > 15);
  for (const path of named) t.ok(existsSync(join(root, path)), `${path} exists`);
});

t.test('every npm command is one', async (t) => {
  const commands = [...readme.matchAll(/`(?:[A-Z]+=\S+ )?npm (?:run )?([a-z-]+)/g)];
  t.ok(commands.length > 5);
  const [root] = manifests;
  for (const [line, name = ''] of commands) t.type(root?.scripts?.[name], 'string', line);
});

t.test('the tables of the configuration name what is read, all of it', async (t) => {
  const named = tableNames('Configuration');
  const configs = [
    ...packages
      .filter((path) => path.startsWith('services/'))
      .map((path) => `${path}/src/config.ts`),
    'packages/service/src/process/process-config.ts',
  ];
  const asked = [...text(configs).matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name]) => name ?? '');
  t.ok(asked.length > 20);
  for (const name of asked) t.ok(named.includes(name), `${name} is in the table`);
  const code = text([...configs, ...sources('infra/local', ['src'])]);
  for (const name of named) t.ok(code.includes(name), `${name} is read`);
});

t.test('every dependency is named, and none that is none', async (t) => {
  const named = tableNames('Dependencies');
  const declared = manifests.flatMap((manifest) => [
    ...Object.keys(manifest.dependencies ?? {}),
    ...Object.keys(manifest.devDependencies ?? {}),
  ]);
  for (const name of named) t.ok(declared.includes(name), `${name} is a dependency`);
  const code = text(packages.slice(1).flatMap((path) => sources(path, ['src', 'test'])));
  const imported = [...code.matchAll(/from '((?:@[\w.-]+\/)?[\w.-]+)[^']*';$/gm)]
    .map(([, name]) => name ?? '')
    .filter((name) => declared.includes(name) && !name.startsWith('@comprimemelo/'))
    .filter((name) => !builtinModules.includes(name));
  t.ok(imported.length > 20);
  for (const name of new Set(imported)) t.ok(named.includes(name), `${name} is in the table`);
});
