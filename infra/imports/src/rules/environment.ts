import type { Rule } from './rule.js';

/** The environment of the process in the forms that it is read by, and the ways to it that leave out its name. */
const readings = [
  /\bprocess\s*(?:\?\.|\.)\s*env\b/,
  /\bprocess\s*\[/,
  /(?:\w|\{[^}]*\benv\b[^}]*\})\s*=\s*process\s*[;,)]/,
  /(?:from|import|require)\s*\(?\s*['"](?:node:)?process(?:['"])/,
];

/** Each with its reason. */
const exceptions = new Map([
  ['infra/local/bootstrap.js', 'runs before anything is installed or compiled'],
  ['infra/docker/migrate.js', 'the program of an image: one line of JavaScript beside the package'],
  ['prisma/generate.js', 'hands the environment on to the generator of Prisma, before the build'],
  ['infra/local/test/tests/test-lanes.test.ts', 'writes such a source as a text'],
  ['prisma/prisma.config.ts', "is Prisma's own configuration"],
]);

const mayRead = (path: string) => exceptions.has(path) || /(?:^|\/)config\.[jt]s$/.test(path);

export const onlyConfigReadsTheEnvironment: Rule = {
  name: 'only-config-reads-the-environment',
  check: ({ files }) =>
    [...files.values()]
      .filter(({ path, text }) => !mayRead(path) && readings.some((form) => form.test(text)))
      .map(({ path }) => ({ path, detail: 'reads the environment' })),
};
