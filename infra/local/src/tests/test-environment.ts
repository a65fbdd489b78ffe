import type { System } from '../system/system-handle.js';

/** What the tests are told of the system that runs for them. */
export function testEnvironment(system: System): Record<string, string> {
  const { origin, urls, directories } = system;
  return {
    ...system.environment,
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
}
