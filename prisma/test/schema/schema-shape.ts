/** What both sides of the comparison are brought to: tables by name. */
export interface Table {
  /** By name: type as the server writes it, and what else is said of the column. */
  columns: Record<string, string>;
  /** By name: PRIMARY among them. */
  indexes: Record<string, string>;
  foreignKeys: Record<string, string>;
}

export type Tables = Record<string, Table>;

export const columnText = (type: string, nullable: boolean, extra: string) =>
  [type, nullable ? 'null' : 'not null', extra].filter(Boolean).join(' ');

export const indexText = (unique: boolean, columns: string[]) =>
  `${unique ? 'unique ' : ''}(${columns.join(', ')})`;

export const foreignKeyText = (key: {
  columns: string[];
  table: string;
  references: string[];
  onDelete: string;
  onUpdate: string;
}) =>
  `(${key.columns.join(', ')}) to ${key.table} (${key.references.join(', ')}) ` +
  `on delete ${key.onDelete.toLowerCase()} on update ${key.onUpdate.toLowerCase()}`;
