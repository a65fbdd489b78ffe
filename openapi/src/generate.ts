import { writeFile } from 'node:fs/promises';
import { assemble } from './assemble.js';
import { documentPath } from './paths.js';
import { serialize } from './serialize.js';

await writeFile(documentPath, serialize(await assemble()));
console.log(`${documentPath} is written`);
