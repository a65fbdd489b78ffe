import { inheritedEnvironment, type Program } from '../process/program.js';
import { fromRoot, type Layout, logFile } from '../run/layout.js';
import type { Ports } from '../run/ports.js';
import { answersReady } from '../servers/probes.js';
import { type Environment, type ServiceName, serviceUrl } from './service-environment.js';

/** A service of the workspace as a program: the compiled `main.js` with its environment. */
export const serviceProgram = (
  name: ServiceName,
  { ports, dirs, env }: { ports: Ports; dirs: Layout; env: Environment },
): Program => ({
  name,
  command: process.execPath,
  args: ['--enable-source-maps', fromRoot('services', name, 'dist/src/main.js')],
  // Node keeps what it compiled: a service starts with a quarter less CPU time.
  env: { ...inheritedEnvironment(), NODE_COMPILE_CACHE: dirs.compileCache, ...env },
  cwd: dirs.dataDir,
  logFile: logFile(dirs, name),
  stopSignal: 'SIGTERM',
  // A service bounds its own stop by 30 s.
  grace: 40_000,
  startTimeout: 60_000,
  ready: () => answersReady(serviceUrl(ports, name)),
});
