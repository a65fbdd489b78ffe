import { columnText, foreignKeyText, indexText, type Table, type Tables } from './schema-shape.js';
import {
  type Attribute,
  type Field,
  type Model,
  parseSchema,
  type Schema,
} from './schema-syntax.js';

const known = {
  field: ['id', 'unique', 'map', 'default', 'relation'],
  model: ['map', 'index', 'unique', 'id'],
};

const typesWithoutAttribute: Record<string, string> = {
  Int: 'int',
  BigInt: 'bigint',
  Boolean: 'tinyint',
};

const unquoted = (text: string | undefined, what: string): string => {
  const content = /^"(.*)"$/.exec(text ?? '')?.[1];
  if (content === undefined) throw new Error(`schema.prisma: ${what} needs a name in quotes`);
  return content;
};

const named = (attributes: Attribute[], name: string) =>
  attributes.find((attribute) => attribute.name === name);

const listOf = (text: string | undefined): string[] => {
  const content = /^\[(.*)\]$/.exec(text ?? '')?.[1];
  if (content === undefined) throw new Error(`schema.prisma: not a list: ${text}`);
  return content.split(/,\s*/);
};

const tableName = (model: Model) => unquoted(named(model.attributes, 'map')?.arguments[0], '@@map');

function columnName({ name, attributes }: Field): string {
  const map = named(attributes, 'map');
  return map ? unquoted(map.arguments[0], '@map') : name;
}

function columnsOf(model: Model, names: string[]): string[] {
  return names.map((name) => {
    const field = model.fields.find((candidate) => candidate.name === name);
    if (!field) throw new Error(`schema.prisma: ${model.name} has no ${name}`);
    return columnName(field);
  });
}

function columnType({ enums }: Schema, { name, type, attributes }: Field): string {
  const values = enums[type];
  if (values) return `enum(${values.map((value) => `'${value}'`).join(',')})`;
  const native = attributes.find((attribute) => attribute.name.startsWith('db.'));
  const size = native?.arguments[0];
  if (native) return native.name.slice(3).toLowerCase() + (size ? `(${size})` : '');
  const plain = typesWithoutAttribute[type];
  if (!plain) throw new Error(`schema.prisma: ${name} needs a @db type`);
  return plain;
}

function refuseUnknown(attributes: Attribute[], names: string[]): void {
  for (const { name } of attributes) {
    if (!names.includes(name) && !name.startsWith('db.')) {
      throw new Error(`schema.prisma: the attribute ${name} is not understood`);
    }
  }
}

/** What the database says of the default: of an enum, or counted. */
function defaultText({ enums }: Schema, { type, attributes }: Field): string {
  const preset = named(attributes, 'default')?.arguments[0];
  if (preset === undefined) return '';
  if (preset === 'autoincrement()') return 'auto_increment';
  if (enums[type]?.includes(preset)) return `default ${preset}`;
  throw new Error(`schema.prisma: the default ${preset} is not understood`);
}

function addColumn(table: Table, schema: Schema, field: Field): void {
  const { attributes } = field;
  const column = columnName(field);
  const extra = defaultText(schema, field);
  table.columns[column] = columnText(columnType(schema, field), field.optional, extra);
  if (named(attributes, 'id')) table.indexes.PRIMARY = indexText(true, [column]);
  const unique = named(attributes, 'unique');
  if (unique) {
    table.indexes[unquoted(unique.arguments.map, '@unique')] = indexText(true, [column]);
  }
}

function addForeignKey(table: Table, { models }: Schema, model: Model, field: Field): void {
  const relation = named(field.attributes, 'relation');
  if (!relation) return;
  const target = models.find(({ name }) => name === field.type);
  if (!target) throw new Error(`schema.prisma: ${field.type} is no model`);
  const { fields, references, onDelete, onUpdate = 'Cascade', map } = relation.arguments;
  if (!onDelete) throw new Error('schema.prisma: a relation needs onDelete');
  table.foreignKeys[unquoted(map, '@relation')] = foreignKeyText({
    columns: columnsOf(model, listOf(fields)),
    table: tableName(target),
    references: columnsOf(target, listOf(references)),
    onDelete,
    onUpdate,
  });
}

/** The shape of the database that schema.prisma asks for. Throws on what it does not understand. */
export function readSchemaFile(text: string): Tables {
  const schema = parseSchema(text);
  const isModel = (type: string) => schema.models.some(({ name }) => name === type);
  const tables: Tables = {};
  for (const model of schema.models) {
    const table: Table = { columns: {}, indexes: {}, foreignKeys: {} };
    tables[tableName(model)] = table;
    refuseUnknown(model.attributes, known.model);
    for (const field of model.fields) {
      refuseUnknown(field.attributes, known.field);
      if (isModel(field.type)) addForeignKey(table, schema, model, field);
      else if (field.list) throw new Error(`schema.prisma: the list ${field.name}`);
      else addColumn(table, schema, field);
    }
    for (const { name, arguments: given } of model.attributes) {
      if (name === 'map') continue;
      const columns = columnsOf(model, listOf(given[0]));
      if (name === 'id') table.indexes.PRIMARY = indexText(true, columns);
      else table.indexes[unquoted(given.map, `@@${name}`)] = indexText(name === 'unique', columns);
    }
  }
  return tables;
}
