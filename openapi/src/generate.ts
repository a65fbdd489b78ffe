import { writeFile } from 'node:fs/promises';
import { assemble } from './document/assemble.js';
import { serialize } from './document/serialize.js';
import { documentPath } from './paths.js';

await writeFile(documentPath, serialize(await assemble()));
console.log(`Wrote ${documentPath}`);
