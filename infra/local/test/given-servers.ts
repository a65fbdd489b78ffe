import { testBroker } from '@comprimemelo/testing/broker';
import { testDatabase } from '@comprimemelo/testing/database';
import type { Test } from 'tap';

/** A database and a virtual host of the test's own, on the servers of the tests: quicker than private ones. */
export async function givenServers(t: Test) {
  const database = await testDatabase();
  t.teardown(() => database.drop());
  const broker = await testBroker();
  t.teardown(() => broker.delete());
  return { DATABASE_URL: database.url, AMQP_URL: broker.url };
}
