import { givenEnvironment } from '../config.js';
import type { System } from '../system/system-handle.js';

/** What the tests are told of the system that runs for them. */
export const testVariables = [
  'TEST_DATABASE_URL',
  'TEST_AMQP_URL',
  'TEST_AMQP_MANAGEMENT_URL',
  'TEST_ORIGIN',
  'TEST_STORAGE_URL',
  'TEST_SERVICE_URLS',
  'TEST_SERVICE_PIDS',
  'TEST_BLOB_ROOT',
  'TEST_SCRATCH_DIR',
  'TEST_MAIL_DIR',
  'TEST_LOG_DIR',
] as const;

type TestVariable = (typeof testVariables)[number];
type Environment = Readonly<Record<string, string | undefined>>;

/** The environment of tests that speak to this system. */
export function testEnvironment(system: System): Environment {
  const { origin, urls, directories } = system;
  const told: Record<TestVariable, string> = {
    TEST_DATABASE_URL: urls.database,
    TEST_AMQP_URL: urls.amqp,
    TEST_AMQP_MANAGEMENT_URL: urls.management ?? '',
    TEST_ORIGIN: origin,
    TEST_STORAGE_URL: urls.services.storage,
    TEST_SERVICE_URLS: JSON.stringify(urls.services),
    TEST_SERVICE_PIDS: JSON.stringify(system.pids()),
    TEST_BLOB_ROOT: directories.blobs,
    TEST_SCRATCH_DIR: directories.scratch,
    TEST_MAIL_DIR: directories.mail,
    TEST_LOG_DIR: directories.logs,
  };
  return { ...givenEnvironment(), ...system.environment, ...told };
}

/** The environment of tests for which nothing was started: whoever asks for a server fails. */
export function environmentWithoutSystem(env: Environment = givenEnvironment()): Environment {
  const told: readonly string[] = testVariables;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !told.includes(name)));
}
