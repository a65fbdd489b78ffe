import { readFile } from 'node:fs/promises';
import { assemble } from './document/assemble.js';
import { describeDrift } from './document/describe-drift.js';
import { serialize } from './document/serialize.js';
import { documentPath } from './paths.js';

/** The document that is held against the route schemas. */
const [path = documentPath] = process.argv.slice(2);

const committed = await readFile(path, 'utf8').catch(() => '');
const generated = serialize(await assemble());
if (committed !== generated) {
  console.error(`${path} does not match the route schemas:\n`);
  console.error(describeDrift(committed, generated));
  console.error('\nRun `npm run openapi` to update it.');
  process.exitCode = 1;
}
