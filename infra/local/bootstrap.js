// npm start, npm stop, npm test and npm run rotate-keys begin here, before anything is installed: Node's own modules alone.
// `run <script>` installs in the same way and runs one script of package.json.
// @ts-check
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const compiled = (/** @type {string} */ name) =>
  join(root, 'infra/local/dist/src/commands', `${name}.js`);
const commands = ['start', 'stop', 'test', 'rotate-keys', 'run'];
/** They speak to a run that is there: nothing is built under it. */
const ofRun = ['stop', 'rotate-keys'];
const leastNode = [20, 19];
/** Milliseconds after which a step that still goes on is mentioned again. */
const reminder = 15_000;

const [command = '', ...rest] = process.argv.slice(2);

/** @param {string} line */
function refuse(line) {
  console.error(`npm ${command}: ${line}`);
  process.exit(1);
}

/** Whatever is set for production would leave the compiler out. */
function environment() {
  const { NODE_ENV, npm_config_production, npm_config_omit, ...env } = process.env;
  return env;
}

/**
 * Runs a step with its output on the terminal, and ends when it fails.
 * @param {string} what
 * @param {string} program
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<void>}
 */
function step(what, program, args, env) {
  console.log(what);
  const began = Date.now();
  const timer = setInterval(() => {
    console.log(`  still at it after ${Math.round((Date.now() - began) / 1000)} s: ${what}`);
  }, reminder);
  const child = spawn(program, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
  const stop = () => child.kill('SIGTERM');
  process.once('SIGTERM', stop);
  return new Promise((resolve) => {
    child.once('error', (error) => refuse(`${what}: ${error.message}`));
    child.once('close', (code, signal) => {
      clearInterval(timer);
      process.off('SIGTERM', stop);
      if (code !== 0) refuse(`${what}: failed (${signal ?? `exit code ${code}`}), see above.`);
      resolve();
    });
  });
}

/** The version that package.json pins, as in `pnpm@1.2.3`. */
function pinnedPnpm() {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return String(packageManager).split('+')[0]?.split('@')[1] ?? '';
}

/**
 * True when the pnpm on the PATH is that version. Asked outside of the checkout, and without leave to fetch
 * another one.
 * @param {string} version
 */
function hasPnpm(version) {
  const { stdout } = spawnSync('pnpm', ['--version'], {
    cwd: tmpdir(),
    env: { ...process.env, COREPACK_ENABLE_NETWORK: '0' },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return stdout?.trim() === version;
}

/** The environment in which `pnpm` is the pinned one: that on the PATH, or a copy of our own. */
async function environmentWithPnpm() {
  const env = environment();
  const version = pinnedPnpm();
  if (hasPnpm(version)) return env;
  const own = join(root, '.data/pnpm');
  const manifest = join(own, 'node_modules/pnpm/package.json');
  if (!existsSync(manifest) || JSON.parse(readFileSync(manifest, 'utf8')).version !== version) {
    mkdirSync(own, { recursive: true });
    const flags = ['--no-save', '--no-package-lock', '--no-audit', '--no-fund', '--loglevel=error'];
    const args = ['install', '--prefix', own, ...flags, `pnpm@${version}`];
    await step(`Getting pnpm ${version} into .data/pnpm`, 'npm', args, env);
  }
  return { ...env, PATH: `${join(own, 'node_modules/.bin')}${delimiter}${env.PATH}` };
}

/** @param {{ what: string, script: string }} then */
async function installAndRun({ what, script }) {
  const env = await environmentWithPnpm();
  const install = ['install', '--frozen-lockfile', '--reporter=append-only'];
  const settings = ['--config.confirmModulesPurge=false', '--config.updateNotifier=false'];
  await step('Installing packages', 'pnpm', [...install, ...settings], env);
  await step(what, 'pnpm', ['--silent', 'run', script], env);
}

/** A run of this checkout must not have its programs rebuilt under it. */
function refuseWhileRunning() {
  if (!existsSync(compiled('refuse-while-running'))) return;
  const { status } = spawnSync(process.execPath, [compiled('refuse-while-running')], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(1);
}

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const [leastMajor = 0, leastMinor = 0] = leastNode;
if (!commands.includes(command)) refuse(`unknown; it is one of ${commands.join(', ')}.`);
if (major < leastMajor || (major === leastMajor && minor < leastMinor)) {
  refuse(`Node ${leastNode.join('.')} or newer is needed, this is ${process.versions.node}.`);
}
if (command === 'start') refuseWhileRunning();
if (command === 'run') {
  const [script = 'build'] = rest;
  await installAndRun({ what: `Running ${script}`, script });
} else if (ofRun.includes(command) && !existsSync(compiled(command))) {
  console.log('Nothing is running.');
} else {
  if (!ofRun.includes(command)) await installAndRun({ what: 'Building', script: 'build' });
  const { main } = await import(pathToFileURL(compiled(command)).href);
  await main(rest);
}
