import { givenEnvironment } from '../config.js';
import { lineOf } from '../process/refusal.js';
import { exitCodeOf, isSignal, takeStopSignals } from '../process/stop-signals.js';
import { dataDirectory } from '../run/layout.js';
import { firstSteps } from '../system/first-steps.js';
import { givenSettings, type ServiceName, serviceNames } from '../system/service-environment.js';
import { type SystemOptions, startSystem } from '../system/system.js';

const say = (line: string) => console.log(line);

function optionsOf(env: NodeJS.ProcessEnv): SystemOptions {
  const environment = serviceNames.map((name) => [name, givenSettings(name, env)] as const);
  return {
    port: env.PORT || 8080,
    dataDir: dataDirectory(),
    databaseUrl: env.DATABASE_URL || undefined,
    amqpUrl: env.AMQP_URL || undefined,
    publicUrl: env.PUBLIC_URL || undefined,
    maxUploadBytes: env.MAX_UPLOAD_BYTES ? Number(env.MAX_UPLOAD_BYTES) : undefined,
    corsOrigins: env.CORS_ORIGINS,
    environment: Object.fromEntries(environment) as Record<ServiceName, Record<string, string>>,
    progress: say,
  };
}

/** `npm start`: runs the system until it is told to stop. */
export async function main(): Promise<void> {
  const { signal, received } = takeStopSignals();
  try {
    const system = await startSystem({ ...optionsOf(givenEnvironment()), signal });
    say(firstSteps(system.origin));
    const reason = await received;
    say(`Stopping (${reason})`);
    await system.close();
    say('Stopped. Your data was kept.');
    // Asked to stop, it has done what it was told.
    process.exitCode = isSignal(reason) ? 0 : 1;
  } catch (error) {
    if (signal.aborted) {
      say('Stopped before the system was ready.');
      process.exitCode = exitCodeOf(signal.reason);
    } else {
      console.error(`npm start: ${lineOf(error)}`);
      process.exitCode = 1;
    }
  }
  process.exit();
}
