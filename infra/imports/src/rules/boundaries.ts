import { forbidImports, type Rule } from './rule.js';

const serviceOf = (path: string) => /^services\/([^/]+)\//.exec(path)?.[1];
const isPackage = (path: string) => /^(?:packages|prisma)\//.test(path);
const database = /^(?:prisma\/|npm:(?:@prisma\/|prisma$|mariadb$|mysql2?$))/;
const withoutDatabase = /^services\/(?:storage|compressor|notifier)\//;
const amqpClient = /^npm:(?:amqplib|@types\/amqplib|rabbitmq-client)$/;
const ownedByApp = /^services\/[^/]+\/src\/(?:app|main|consumers)\.ts$/;

/** Who may not import whom, with types and in tests too. */
export const boundaries: readonly Rule[] = [
  {
    name: 'services-never-import-services',
    check: forbidImports((from, to) => {
      const [one, other] = [serviceOf(from), serviceOf(to)];
      return one !== undefined && other !== undefined && one !== other;
    }),
  },
  {
    name: 'packages-never-import-services',
    check: forbidImports((from, to) => isPackage(from) && to.startsWith('services/')),
  },
  {
    name: 'contracts-imports-typebox-alone',
    check: forbidImports(
      (from, to) =>
        from.startsWith('packages/contracts/src/') &&
        to !== 'npm:typebox' &&
        !to.startsWith('packages/contracts/src/'),
    ),
  },
  {
    name: 'routes-never-import-app',
    check: forbidImports(
      (from, to) => /^services\/[^/]+\/src\/routes\//.test(from) && ownedByApp.test(to),
    ),
  },
  {
    name: 'no-database-in-storage-compressor-notifier',
    check: forbidImports((from, to) => withoutDatabase.test(from) && database.test(to)),
  },
  {
    name: 'only-messaging-imports-the-amqp-client',
    check: forbidImports(
      (from, to) => !from.startsWith('packages/messaging/') && amqpClient.test(to),
    ),
  },
  {
    name: 'every-import-is-found',
    // Tests write sources as texts; what they import themselves the compiler holds.
    check: forbidImports((from, to) => to.startsWith('absent:') && !from.includes('/test/')),
  },
];
