import { readFile } from 'node:fs/promises';
import t from 'tap';
import { setup } from '../fixtures/setup.js';
import { readDatabase } from './schema-database.js';
import { readSchemaFile } from './schema-file.js';

const schemaText = await readFile(new URL('../../../schema.prisma', import.meta.url), 'utf8');
const isDifferent = (a: object, b: object) => JSON.stringify(a) !== JSON.stringify(b);

t.test('the migrated database is what schema.prisma says', async (t) => {
  const { pool } = await setup(t);
  const database = await readDatabase(pool);
  t.ok(Object.keys(database).length > 0);
  t.strictSame(database, readSchemaFile(schemaText));
});

t.test('whatever is changed in the database alone is seen', async (t) => {
  const { pool } = await setup(t);
  const changes = [
    'ALTER TABLE users ADD COLUMN nickname VARCHAR(10) NULL',
    'ALTER TABLE users DROP COLUMN nickname, MODIFY first_name VARCHAR(101) NULL',
    'ALTER TABLE users MODIFY first_name VARCHAR(100) NOT NULL',
    "ALTER TABLE users MODIFY first_name VARCHAR(100) NULL DEFAULT 'x'",
    'ALTER TABLE users MODIFY first_name VARCHAR(100) NULL, ADD INDEX extra (first_name)',
    'ALTER TABLE users DROP INDEX extra, DROP INDEX users_email_key',
    'ALTER TABLE users ADD INDEX users_email_key (email)',
    "ALTER TABLE files MODIFY kind ENUM('upload', 'result', 'other') NOT NULL",
    'ALTER TABLE task_inputs DROP FOREIGN KEY task_inputs_file_id_fkey',
    'CREATE TABLE extra (a INT)',
  ];
  let before = await readDatabase(pool);
  const asked = readSchemaFile(schemaText);
  for (const change of changes) {
    await pool.query(change);
    const after = await readDatabase(pool);
    t.ok(isDifferent(after, before), change);
    t.notSame(after, asked, change);
    before = after;
  }
});

t.test('whatever is changed in schema.prisma alone is seen', async (t) => {
  const asked = readSchemaFile(schemaText);
  const changes: [string, string][] = [
    ['  username     String', '  nickname     String? @db.VarChar(10)\n  username     String'],
    ['@db.VarChar(40)', '@db.VarChar(41)'],
    ['firstName    String?', 'firstName    String'],
    ['upload\n  result', 'upload\n  result\n  other'],
    ['@@index([userId], map', '@@index([userId, familyId], map'],
    ['@unique(map: "users_email_key") ', ''],
    ['@@unique([webhookId, eventId], map', '@@index([webhookId, eventId], map'],
    ['onDelete: Restrict', 'onDelete: Cascade'],
    ['@@id([taskId, position])', '@@id([position, taskId])'],
    ['@default(autoincrement())', ''],
  ];
  for (const [from, to] of changes) {
    const changed = schemaText.replace(from, to);
    t.not(changed, schemaText, from);
    t.ok(isDifferent(readSchemaFile(changed), asked), to);
  }
});

t.test('what the reader does not know is an error, not overlooked', async (t) => {
  const changes: [string, string][] = [
    ['@db.VarChar(40)', '@db.VarChar(40) @updatedAt'],
    ['@default(autoincrement())', '@default(uuid())'],
    ['@@map("users")', '@@map("users")\n  @@fulltext([username])'],
    ['enum FileKind', 'view FileKind'],
    ['createdAt    DateTime @map("created_at") @db.DateTime(3)', 'createdAt DateTime'],
    ['@map("user_id")', '@map(user_id)'],
    ['String   @unique', 'String   ? @unique'],
  ];
  for (const [from, to] of changes) {
    const changed = schemaText.replace(from, to);
    t.not(changed, schemaText, from);
    t.throws(() => readSchemaFile(changed), /schema\.prisma/, to);
  }
});
