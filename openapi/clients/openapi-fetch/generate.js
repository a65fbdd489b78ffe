// Writes the types that openapi-fetch takes. A file is a Blob: `format: binary` alone would be a string.
import { mkdir, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';

const document = new URL('../../openapi.json', import.meta.url);
const output = new URL('../../generated/openapi-fetch/', import.meta.url);
const blob = ts.factory.createTypeReferenceNode('Blob');

const types = await openapiTS(document, {
  transform: ({ format }) => (format === 'binary' ? blob : undefined),
});
await mkdir(output, { recursive: true });
await writeFile(new URL('schema.d.ts', output), astToString(types));
