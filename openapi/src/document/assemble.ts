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
import { withoutAliases } from './without-aliases.js';

const description = `Comprimemelo compresses, decompresses and converts files in the background.

1. Sign up (\`signUp\`), then log in (\`logIn\`). The response contains an \`access_token\`: send it with every other
   request as \`Authorization: Bearer <token>\`. In the API reference, logging in authorizes the page; if you already
   have a token, press **Authorize** and paste it.
2. Send files and the format that you want (\`createTask\`). The response is a task, and processing starts right away.
3. Get the task (\`getTask\`, with \`wait\` to wait until it finishes).
4. When its \`status\` is \`processed\`, download the result (\`getResult\`).

Errors are problem details (RFC 9457). The \`type\` identifies the kind of problem, never changes, and links to a
[page](/problems/) that says what to do about it; the \`detail\` says what went wrong with this request. Times are RFC 3339
in UTC, sizes are in bytes, and ids are UUIDv7. Lists are paginated: request the next page with \`cursor\`, or follow
the \`Link\` header.`;

const tags = [
  { name: 'Accounts', description: 'Sign up, log in and manage your account' },
  { name: 'Tasks', description: 'Create, watch and manage jobs, and download their results' },
  { name: 'Files', description: 'Your uploads and the results of your tasks' },
  {
    name: 'Webhooks',
    description: 'Get notified when your tasks finish, and review the deliveries',
  },
  { name: 'Service', description: 'The state of the service' },
];

const { title, version } = (documentOptions as { openapi: { info: OpenApiDocument['info'] } })
  .openapi.info;

const info: OpenApiDocument['info'] = {
  title,
  version,
  summary: 'Compresses, decompresses and converts files',
  description,
  license: { name: 'MIT', identifier: 'MIT' },
  contact: { name: 'The operator of the server that this document came from' },
};

/** The OpenAPI 3.1 document of the whole API, from the route schemas of every service. */
export async function assemble(): Promise<OpenApiDocument> {
  const servers = [{ url: '/', description: 'The server that this document came from' }];
  const base = { openapi: '3.1.0', info, servers, tags };
  const merged = mergeParts(base, [...(await serviceParts()), readinessPart]);
  const declared = changeOperations(nameSchemas(withoutAliases(merged)), (operation) =>
    withResponseHeaders(withGeneralProblems(operation)),
  );
  const { components, ...rest } = withExamples(declared);
  const webhooks = webhooksOf(declared);
  return { ...rest, webhooks, components: { ...components, headers } };
}
