import { documentOptions } from '@comprimemelo/service/http/openapi';
import { withExamples } from '../examples/with-examples.js';
import { changeOperations, type OpenApiDocument } from '../model/document.js';
import { withGeneralProblems } from './general-problems.js';
import { mergeParts } from './merge.js';
import { nameSchemas } from './named-schemas.js';
import { readinessPart } from './readiness.js';
import { headers, withResponseHeaders } from './response-headers.js';
import { serviceParts } from './service-parts.js';
import { webhooksOf } from './webhooks.js';

const description = `Comprimemelo compresses files for you in the background.

1. Sign up (\`signUp\`), then log in (\`logIn\`). The answer has an \`access_token\`: send it with every other
   request as \`Authorization: Bearer <token>\`. In the API reference, press **Authorize** and
   paste it; who logs in there need not.
2. Send files and the format that you want (\`createTask\`). The answer is a task; it is worked on at once.
3. Ask for the task (\`getTask\`, with \`wait\` until it has ended).
4. When its \`status\` is \`processed\`, download its result (\`getResult\`).

Every error is a problem (RFC 9457): its \`type\` says which kind it is, does not change, and is the address of a
[page](/problems/) that says what to do; its \`detail\` says what happened this time. Times are RFC 3339 in UTC, sizes are bytes, ids are UUIDs of version 7. Lists come in
pages: ask for the next one with \`cursor\`, or follow the \`Link\` header.`;

const tags = [
  { name: 'Accounts', description: 'Signing up, logging in, and what is known of you' },
  { name: 'Tasks', description: 'Work on files: asked for, watched, fetched' },
  { name: 'Files', description: 'What you sent and what was made of it' },
  {
    name: 'Webhooks',
    description: 'Addresses that are told when your tasks end, and what they were told',
  },
  { name: 'Service', description: 'The service itself' },
];

const { title, version } = (documentOptions as { openapi: { info: OpenApiDocument['info'] } })
  .openapi.info;

const info: OpenApiDocument['info'] = {
  title,
  version,
  summary: 'Compresses, decompresses and converts files',
  description,
  license: { name: 'MIT', identifier: 'MIT' },
  contact: { name: 'Whoever runs the origin that this document came from' },
};

/** The OpenAPI 3.1 document of the whole API, from the route schemas of every service. */
export async function assemble(): Promise<OpenApiDocument> {
  const servers = [{ url: '/', description: 'The origin that this document came from' }];
  const base = { openapi: '3.1.0', info, servers, tags };
  const merged = mergeParts(base, [...(await serviceParts()), readinessPart]);
  const declared = changeOperations(nameSchemas(merged), (operation) =>
    withResponseHeaders(withGeneralProblems(operation)),
  );
  const { components, ...rest } = withExamples(declared);
  const webhooks = webhooksOf(declared);
  return { ...rest, webhooks, components: { ...components, headers } };
}
