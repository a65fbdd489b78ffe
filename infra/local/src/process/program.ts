import { givenEnvironment } from '../config.js';
/** A long-running program of the system: how it is started, known to be ready, and stopped. */
export interface Program {
  /** As in logs and messages: `auth`, `database`, `nginx`. */
  name: string;
  command: string;
  args: readonly string[];
  env: Readonly<Record<string, string>>;
  cwd?: string;
  logFile: string;
  stopSignal: NodeJS.Signals;
  /** Milliseconds between the stop signal and SIGKILL. */
  grace: number;
  /** Milliseconds that a start may take. */
  startTimeout: number;
  /** True once it answers. */
  ready: () => Promise<boolean>;
  /** Where the command is the client of a container: the name of that container. */
  container?: string;
}

const inherited = [
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'LANG',
  'LC_ALL',
  'TZ',
  'TMPDIR',
  'NODE_EXTRA_CA_CERTS',
  'DOCKER_HOST',
  'DOCKER_CONTEXT',
  'DOCKER_CONFIG',
  'XDG_RUNTIME_DIR',
];

/** What a child is given of our own environment. Anything else could change how it behaves. */
export const inheritedEnvironment = (): Record<string, string> =>
  Object.fromEntries(
    inherited.flatMap((name) => {
      const value = givenEnvironment()[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
