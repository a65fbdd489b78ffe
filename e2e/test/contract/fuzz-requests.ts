import fc from 'fast-check';
import type { ApiDocument, Operation, Parameter } from '../client/api-document.js';

export interface FuzzRequest {
  operation: Operation;
  /** Not always the operation's own. */
  method: string;
  /** For each of the path's parameters: a text, or the place of an id in what the user has. */
  ids: (string | number)[];
  query: [string, string][];
  headers: Record<string, string>;
  body?: Uint8Array;
  token: 'valid' | 'none' | 'wrong';
}

type Schema = Record<string, unknown>;

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '',
    '0',
    '-1',
    'null',
    '../../etc/passwd',
    "' OR 1=1 --",
    '%00',
    '\u0000',
    '\u202e',
  ),
  fc.integer({ min: 200, max: 20_000 }).map((length) => 'x'.repeat(length)),
);
const number = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -1, 2 ** 53, 1e308),
);

/** Values of a schema, mostly: each part may also be missing, of another type, or out of its bounds. */
function valuesOf(schema: unknown, document: ApiDocument): fc.Arbitrary<unknown> {
  const {
    $ref,
    anyOf,
    enum: values,
    examples,
    type,
    properties,
    items,
    minimum,
    maximum,
  } = (schema ?? {}) as Schema;
  if (typeof $ref === 'string') {
    return valuesOf(document.raw.components.schemas?.[$ref.split('/').at(-1) ?? ''], document);
  }
  const good: fc.Arbitrary<unknown>[] = [];
  if (Array.isArray(examples)) good.push(fc.constantFrom(...examples));
  if (Array.isArray(anyOf)) good.push(...anyOf.map((one) => valuesOf(one, document)));
  if (Array.isArray(values)) good.push(fc.constantFrom(...values));
  if (type === 'string') good.push(text);
  if (type === 'integer') {
    const [min, max] = [Number(minimum ?? -5), Number(maximum ?? 1_000)];
    good.push(fc.integer({ min, max }), fc.constantFrom(min - 1, max + 1));
  }
  if (type === 'boolean') good.push(fc.boolean());
  if (type === 'array') good.push(fc.array(valuesOf(items, document), { maxLength: 4 }));
  if (type === 'object') {
    const fields = Object.entries((properties ?? {}) as Schema).map(([name, one]) => [
      name,
      valuesOf(one, document),
    ]);
    const known = fc.record(Object.fromEntries(fields), { requiredKeys: [] });
    const extra = fc.dictionary(fc.string({ maxLength: 8 }), fc.jsonValue(), { maxKeys: 2 });
    good.push(
      known,
      fc.tuple(known, extra).map(([one, other]) => ({ ...one, ...other })),
    );
  }
  return fc.oneof({ weight: 8, arbitrary: fc.oneof(...good, text) }, number, fc.jsonValue());
}

const asText = (value: unknown) =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '');

interface Body {
  type?: string;
  bytes: Uint8Array;
}

const bytesOf = (value: string) => new Uint8Array(Buffer.from(value));

/** A form with these fields; `file`, or as its former name, is a file, whatever it holds. */
function formBody(fields: [string, string][], boundary: string, cut: number): Body {
  const parts = fields.map(([name, value]) => {
    const file = ['file', 'fileName'].includes(name) ? '; filename="a.txt"' : '';
    return `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n${value}\r\n`;
  });
  const whole = `${parts.join('')}--${boundary}--\r\n`;
  const bytes = bytesOf(whole.slice(0, whole.length - cut));
  return { type: `multipart/form-data; boundary=${boundary}`, bytes };
}

const encoders: Record<string, (value: unknown) => fc.Arbitrary<Body>> = {
  'application/json': (value) =>
    fc.constant({ type: 'application/json', bytes: bytesOf(JSON.stringify(value) ?? '') }),
  'application/x-www-form-urlencoded': (value) => {
    const fields = Object.entries(value ?? {}).map(([name, one]): [string, string] => [
      name,
      asText(one),
    ]);
    const bytes = bytesOf(String(new URLSearchParams(fields)));
    return fc.constant({ type: 'application/x-www-form-urlencoded', bytes });
  },
  'multipart/form-data': (value) => {
    const fields = Object.entries(value ?? {}).flatMap(([name, one]) =>
      [one].flat().map((text): [string, string] => [name, asText(text)]),
    );
    const cut = fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 30 }));
    const boundary = fc.oneof(
      { weight: 9, arbitrary: fc.constant('B') },
      fc.constantFrom('', 'b b'),
    );
    return fc.tuple(boundary, cut).map(([name, size]) => formBody(fields, name, size));
  },
};

const noise = fc.record({
  type: fc.constantFrom(
    'text/plain',
    'application/xml',
    'application/json; charset=utf-16',
    'x',
    '',
  ),
  bytes: fc.uint8Array({ maxLength: 200 }),
});
const brokenJson = fc.record({
  type: fc.constant('application/json'),
  bytes: fc.constantFrom('', '{', '[]', 'null', '{"a":', '{"__proto__":{}}', '"x"').map(bytesOf),
});
const huge = fc.integer({ min: 900_000, max: 1_500_000 }).map((size) => ({
  type: 'application/json',
  bytes: bytesOf(JSON.stringify({ username: 'x'.repeat(size) })),
}));

function bodyOf(operation: Operation, document: ApiDocument): fc.Arbitrary<Body | undefined> {
  const declared = Object.entries(operation.body).map(([type, { schema, example }]) =>
    fc
      .oneof(valuesOf(schema, document), fc.constant(example))
      .chain((value) => encoders[type]?.(value) ?? noise),
  );
  if (declared.length === 0) {
    return fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, noise, brokenJson);
  }
  return fc.oneof(
    { weight: 20, arbitrary: fc.oneof(...declared) },
    { weight: 2, arbitrary: brokenJson },
    { weight: 2, arbitrary: noise },
    { weight: 1, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: huge },
  );
}

/** What a header may hold: any byte but control characters. */
const headerText = (value: unknown) =>
  asText(value)
    .replace(/[^\t\x20-\x7e\x80-\xff]/g, '?')
    .slice(0, 2_000);

function parametersOf(parameters: Parameter[], document: ApiDocument) {
  const one = ({ name, schema, example }: Parameter & { example?: unknown }) =>
    fc
      .option(fc.oneof(valuesOf(schema, document), fc.constant(example ?? '')), { nil: undefined })
      .map((value): [string, string][] => (value === undefined ? [] : [[name, asText(value)]]));
  return fc.tuple(...parameters.map(one)).map((pairs) => pairs.flat());
}

const conditions = fc.dictionary(
  fc.constantFrom(
    'range',
    'if-range',
    'if-match',
    'if-none-match',
    'accept',
    'prefer',
    'content-digest',
  ),
  fc.oneof(
    fc.constantFrom(
      'bytes=0-0',
      'bytes=-1',
      'bytes=5-2',
      'bytes=0-1,3-4',
      '*',
      '"a"',
      'wait=1',
      'sha-256=:AA==:',
    ),
    fc.string({ maxLength: 20 }),
  ),
  { maxKeys: 2 },
);

function requestOf(operation: Operation, document: ApiDocument): fc.Arbitrary<FuzzRequest> {
  const places = operation.path.match(/\{\w+\}/g) ?? [];
  const id = fc.oneof({ weight: 3, arbitrary: fc.nat(50) }, fc.uuid(), text);
  const of = (place: Parameter['in']) => operation.parameters.filter((one) => one.in === place);
  // Whoever deletes the account has none to go on with.
  const deletesAccount = operation.method === 'DELETE' && places.length === 0;
  const valid = { weight: deletesAccount ? 0 : 8, arbitrary: fc.constant('valid' as const) };
  return fc
    .record({
      method: fc.oneof(
        { weight: 19, arbitrary: fc.constant(operation.method) },
        fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'OPTIONS', 'PROPFIND'),
      ),
      ids: fc.tuple(...places.map(() => id)),
      query: parametersOf(of('query'), document),
      declared: parametersOf(of('header'), document),
      conditions,
      body: bodyOf(operation, document),
      token: fc.oneof(valid, fc.constantFrom('none' as const, 'wrong' as const)),
    })
    .map(({ declared, conditions, body, ...request }) => {
      const named = [...Object.entries(conditions), ...declared];
      const headers = named.map(([name, value]) => [name, headerText(value)] as const);
      const type = body?.type ? [['content-type', headerText(body.type)] as const] : [];
      return {
        ...request,
        operation,
        headers: Object.fromEntries([...headers, ...type]),
        ...(body && { body: body.bytes }),
      };
    });
}

/** Requests to any operation of the document: as it says, nearly so, and not at all. */
export const fuzzRequests = (document: ApiDocument): fc.Arbitrary<FuzzRequest> =>
  fc.oneof(...document.operations.map((operation) => requestOf(operation, document)));
