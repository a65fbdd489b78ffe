/** Where the database server of the tests is. Throws where the variable is not set. */
export function readTestServer(): string {
  const { TEST_DATABASE_URL: url } = process.env;
  if (!url) throw new Error('TEST_DATABASE_URL names the MariaDB or MySQL of the tests');
  return url;
}
