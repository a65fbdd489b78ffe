// npm start, npm stop, npm test and npm run rotate-keys begin here, before anything is installed: Node's own modules
// alone, as Node 18 knows them. `run <script>` installs in the same way and runs one script of package.json.
// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { build } from './bootstrap/build.js';
import { fromRoot } from './bootstrap/checkout.js';
import { givenEnvironment } from './bootstrap/config.js';
import { findNode, isEnough, leastMajor } from './bootstrap/find-node.js';
import { faultOfEnvironment } from './bootstrap/given-servers.js';
import { install } from './bootstrap/install.js';
import { runUnder } from './bootstrap/run-under.js';
import { step } from './bootstrap/step.js';
import { provideCommands, provideNode } from './bootstrap/tools.js';

const compiled = (/** @type {string} */ name) =>
  fromRoot('infra/local/dist/src/commands', `${name}.js`);
const commands = ['start', 'stop', 'test', 'rotate-keys', 'run'];
/** They speak to a run that is there: nothing is built under it. */
const ofRun = ['stop', 'rotate-keys'];

const [command = '', ...rest] = process.argv.slice(2);

/** What the environment says wrong is told at once, and not after an installation. */
async function refuseWrongEnvironment() {
  const fault = command === 'start' ? await faultOfEnvironment(givenEnvironment()) : undefined;
  if (fault !== undefined) throw new Error(fault);
}

/** Goes on under a Node that is new enough: of this machine, else the pinned one. */
async function useRightNode() {
  const version = process.versions.node;
  if (isEnough(version)) return;
  const why = `Node ${leastMajor} or newer is needed, this is ${version}`;
  const found = findNode(givenEnvironment()) ?? (await provideNode(why));
  // Whoever had to wait for it has been told.
  if (!ofRun.includes(command) && !found.isNew) {
    console.log(`Using Node ${found.version} (${found.path}): ${why}`);
  }
  await runUnder(found.path);
}

/** A run of this checkout must not have its programs rebuilt under it. */
function refuseWhileRunning() {
  if (!existsSync(compiled('refuse-while-running'))) return;
  const { status } = spawnSync(process.execPath, [compiled('refuse-while-running')], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(1);
}

async function installAndBuild() {
  await provideCommands();
  await install();
  await build();
}

async function main() {
  if (!commands.includes(command)) throw new Error(`unknown; it is one of ${commands.join(', ')}.`);
  if (ofRun.includes(command) && !existsSync(compiled(command))) {
    console.log('Nothing is running.');
    return;
  }
  await refuseWrongEnvironment();
  await useRightNode();
  if (command === 'start') refuseWhileRunning();
  const [script = 'build'] = rest;
  if (command === 'run' && script !== 'build') {
    await provideCommands();
    await install();
    return step(`Running ${script}`, ['pnpm', '--silent', 'run', script]);
  }
  if (!ofRun.includes(command)) await installAndBuild();
  if (command === 'run') return;
  const { main: run } = await import(pathToFileURL(compiled(command)).href);
  await run(rest);
}

main().catch((error) => {
  console.error(`npm ${command}: ${error.message}`);
  process.exit(1);
});
