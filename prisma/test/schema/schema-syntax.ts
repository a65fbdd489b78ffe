/** One `@name(arguments)` of schema.prisma. */
export interface Attribute {
  name: string;
  /** By name; those without one by their position. */
  arguments: Record<string, string>;
}

export interface Field {
  name: string;
  type: string;
  optional: boolean;
  list: boolean;
  attributes: Attribute[];
}

export interface Model {
  name: string;
  fields: Field[];
  attributes: Attribute[];
}

export interface Schema {
  enums: Record<string, string[]>;
  models: Model[];
}

const attribute = /^@@?([\w.]+)(?:\(((?:[^()]|\([^()]*\))*)\))?\s*/;
const fieldStart = /^(\w+)\s+(\w+)(\?|\[\])?\s*/;
const blockStart = /^(\w+) (\w+) \{$/;

const withoutComment = (line: string) => line.replace(/\s*\/\/.*$/, '').trim();

/** Splits at the commas that stand in no bracket. */
const parts = (text: string) => text.split(/,\s*(?![^[\]]*\])/).filter((part) => part !== '');

function readArguments(text: string): Record<string, string> {
  return Object.fromEntries(
    parts(text).map((part, position) => {
      const named = /^(\w+):\s*(.*)$/.exec(part);
      return [named?.[1] ?? String(position), (named?.[2] ?? part).trim()];
    }),
  );
}

function readAttributes(text: string): Attribute[] {
  const found: Attribute[] = [];
  for (let rest = text; rest !== ''; ) {
    const match = attribute.exec(rest);
    if (!match) throw new Error(`schema.prisma: not understood: ${rest}`);
    found.push({ name: match[1] ?? '', arguments: readArguments(match[2] ?? '') });
    rest = rest.slice(match[0].length);
  }
  return found;
}

function readField(line: string): Field {
  const match = fieldStart.exec(line);
  if (!match) throw new Error(`schema.prisma: not understood: ${line}`);
  const [whole, name = '', type = '', suffix] = match;
  return {
    name,
    type,
    optional: suffix === '?',
    list: suffix === '[]',
    attributes: readAttributes(line.slice(whole.length)),
  };
}

/** Reads the part of Prisma's schema language that schema.prisma uses; throws on everything else. */
export function parseSchema(text: string): Schema {
  const schema: Schema = { enums: {}, models: [] };
  const lines = text.split('\n').map(withoutComment).filter(Boolean);
  while (lines.length > 0) {
    const start = lines.shift() ?? '';
    const [, kind, name = ''] = blockStart.exec(start) ?? [];
    const body = lines.splice(0, lines.indexOf('}'));
    lines.shift();
    if (kind === 'enum') schema.enums[name] = body;
    else if (kind === 'model') {
      const isOfModel = (line: string) => line.startsWith('@@');
      schema.models.push({
        name,
        fields: body.filter((line) => !isOfModel(line)).map(readField),
        attributes: body.filter(isOfModel).flatMap(readAttributes),
      });
    } else if (kind !== 'generator' && kind !== 'datasource') {
      throw new Error(`schema.prisma: not understood: ${start}`);
    }
  }
  return schema;
}
