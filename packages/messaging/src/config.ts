/** Where the servers of the tests are. Throws where a variable is not set. */
export function readTestServers(): { amqpUrl: string; managementUrl: string } {
  const { TEST_AMQP_URL: amqpUrl, TEST_AMQP_MANAGEMENT_URL: managementUrl } = process.env;
  if (!amqpUrl || !managementUrl) {
    throw new Error('TEST_AMQP_URL and TEST_AMQP_MANAGEMENT_URL name the RabbitMQ of the tests');
  }
  return { amqpUrl, managementUrl };
}
