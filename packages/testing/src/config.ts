/** Where RabbitMQ and its management API are for the tests. Throws where a variable is not set. */
export function readTestBroker(): { amqpUrl: string; managementUrl: string } {
  const { TEST_AMQP_URL: amqpUrl, TEST_AMQP_MANAGEMENT_URL: managementUrl } = process.env;
  if (!amqpUrl || !managementUrl) {
    throw new Error('TEST_AMQP_URL and TEST_AMQP_MANAGEMENT_URL name the RabbitMQ of the tests');
  }
  return { amqpUrl, managementUrl };
}

/** Where the database server of the tests is. Throws where the variable is not set. */
export function readTestDatabase(): string {
  const { TEST_DATABASE_URL: url } = process.env;
  if (!url) throw new Error('TEST_DATABASE_URL names the MariaDB or MySQL of the tests');
  return url;
}

/** The environment of a test's own child: ours, and what is added. */
export const childEnvironment = (added: Record<string, string> = {}): NodeJS.ProcessEnv => ({
  ...process.env,
  ...added,
});

/** Sets variables of this process until the test has ended: for tests of what must not read them. */
export function setVariables(
  t: { teardown(restore: () => void): void },
  values: Record<string, string>,
): void {
  const before = Object.keys(values).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, values);
  t.teardown(() => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });
}

/** The directories in which programs are looked for. */
export const searchPath = (): string => process.env.PATH ?? '/usr/bin:/bin';
