/**
 * The layers, from the top down. A room is a folder below `src`, or one of its files by its name. It imports itself
 * and what stands on a lower line: neither its neighbours nor anything above. Files of `src` that no line names are
 * shared by all rooms, as `config` and the types of `dependencies` are.
 */
export const layers: Readonly<Record<string, readonly string[]>> = {
  'services/auth/src': [
    'main rotate-keys',
    'app',
    'routes',
    'accounts passwords',
    'throttling tokens',
  ],
  'services/tasks/src': [
    'main',
    'app consumers',
    'routes removals reconcile',
    'watch entries reports',
    'lifecycle',
    'request',
    'outgoing',
  ],
  'services/files/src': ['main', 'app', 'routes'],
  'services/storage/src': ['main', 'app', 'routes'],
  'services/compressor/src': [
    'main',
    'app consumers',
    'worker',
    'operations',
    'pack',
    'extract',
    'open',
    'volumes',
    'detect safety transfer',
    'job',
    'engines',
    'machine names',
  ],
  'services/compressor/src/engines': ['seven-zip', 'process'],
  'services/notifier/src': ['main', 'app consumers', 'templates'],
  'services/webhooks/src': [
    'main',
    'app consumers',
    'routes incoming',
    'deliveries',
    'registrations',
    'addresses',
  ],
  'packages/contracts/src': ['volumes'],
  'packages/service/src': ['identity', 'http', 'input', 'problem process'],
  'packages/testing/src': ['archives', 'programs'],
  'prisma/src': ['lists migrations outbox sessions', 'client'],
  'openapi/src': ['check generate site', 'document pages', 'examples', 'model'],
  'infra/imports/src': ['main', 'check', 'rules'],
  'infra/local/src': ['commands', 'tests', 'system', 'servers', 'run', 'process'],
};

/** The packages in the same way; services stand above all of them. */
export const packageLayers = [
  'packages/testing',
  'packages/uploads',
  'packages/storage-client packages/messaging prisma',
  'packages/service',
  'packages/contracts',
];
