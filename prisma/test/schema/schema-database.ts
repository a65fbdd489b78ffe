import type { Pool } from 'mariadb';
import { columnText, foreignKeyText, indexText, type Table, type Tables } from './schema-shape.js';

type Row = Record<string, string>;

/** MySQL 8 has no display widths, MariaDB shows them. */
const withoutWidth = (type: string) => type.replace(/^(tinyint|int|bigint)\(\d+\)/, '$1');

const rowsOf = (pool: Pool, sql: string) => pool.query<Row[]>({ sql, bigIntAsNumber: true });

/** Values of the column `name`, of the rows that agree in `keys`, in the order of the rows. */
function grouped(rows: Row[], keys: string[]): Row[][] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keys.map((name) => row[name]).join('.');
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()];
}

/** The shape of a database as its server tells it, without Prisma's own table. */
export async function readDatabase(pool: Pool): Promise<Tables> {
  const tables: Tables = {};
  const tableOf = (row: Row): Table => {
    const name = row.table ?? '';
    tables[name] ??= { columns: {}, indexes: {}, foreignKeys: {} };
    return tables[name];
  };

  const columns = await rowsOf(
    pool,
    `SELECT table_name AS 'table', column_name AS name, column_type AS type, is_nullable AS nullable,
      extra AS extra, column_default AS preset FROM information_schema.columns
      WHERE table_schema = DATABASE() AND table_name <> '_prisma_migrations'`,
  );
  for (const row of columns) {
    const { name = '', type = '', nullable, extra = '', preset } = row;
    const isPreset = typeof preset === 'string' && preset !== 'NULL';
    // MariaDB shows a text in quotes, MySQL without.
    const shown = isPreset && preset.replace(/^'(.*)'$/, '$1');
    const said = isPreset ? `${extra} default ${shown}`.trim() : extra;
    tableOf(row).columns[name] = columnText(withoutWidth(type), nullable === 'YES', said);
  }

  const indexes = await rowsOf(
    pool,
    `SELECT table_name AS 'table', index_name AS name, non_unique AS shared, column_name AS 'column'
      FROM information_schema.statistics
      WHERE table_schema = DATABASE() AND table_name <> '_prisma_migrations'
      ORDER BY table_name, index_name, seq_in_index`,
  );
  for (const rows of grouped(indexes, ['table', 'name'])) {
    const [first] = rows;
    if (!first?.name) continue;
    const covered = rows.map(({ column = '' }) => column);
    tableOf(first).indexes[first.name] = indexText(Number(first.shared) === 0, covered);
  }

  const foreignKeys = await rowsOf(
    pool,
    `SELECT k.table_name AS 'table', k.constraint_name AS name, k.column_name AS 'column',
      k.referenced_table_name AS target, k.referenced_column_name AS reference,
      r.delete_rule AS onDelete, r.update_rule AS onUpdate
      FROM information_schema.key_column_usage k
      JOIN information_schema.referential_constraints r
        ON r.constraint_schema = k.constraint_schema AND r.constraint_name = k.constraint_name
      WHERE k.table_schema = DATABASE() ORDER BY k.constraint_name, k.ordinal_position`,
  );
  for (const rows of grouped(foreignKeys, ['table', 'name'])) {
    const [first] = rows;
    if (!first?.name) continue;
    tableOf(first).foreignKeys[first.name] = foreignKeyText({
      columns: rows.map(({ column = '' }) => column),
      table: first.target ?? '',
      references: rows.map(({ reference = '' }) => reference),
      onDelete: first.onDelete ?? '',
      onUpdate: first.onUpdate ?? '',
    });
  }
  return tables;
}
