/** The running system that npm test has started. Throws where it is run without. */
export function testOrigin(): string {
  const origin = process.env.TEST_ORIGIN;
  if (origin === undefined) throw new Error('TEST_ORIGIN is not set: run these tests by npm test');
  return origin;
}

/** Where the e-mails of the running system lie. */
export const testMailDir = (): string => process.env.TEST_MAIL_DIR ?? '';

/** The directories in which programs are looked for. */
export const searchPath = (): string => process.env.PATH ?? '';

/** The environment of a test's own child: ours, and what is added. */
export const childEnvironment = (added: Record<string, string>): NodeJS.ProcessEnv => ({
  ...process.env,
  ...added,
});
