/** The part of a JSON schema that validation is explained by. */
export interface Schema {
  type?: string | readonly string[];
  description?: string;
  deprecated?: boolean;
  properties?: Record<string, Schema>;
  additionalProperties?: unknown;
  items?: Schema;
  enum?: readonly unknown[];
  const?: unknown;
  format?: string;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
}

/** Whether a value is an object with fields, as JSON and forms give them. */
export const hasFields = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The steps of a JSON pointer. Source: RFC 6901. */
export const stepsOf = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));

/** Steps as a JSON pointer. Source: RFC 6901. */
export const pointerOf = (steps: readonly string[]): string =>
  steps.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** The schema of the value at the end of these steps; empty where none describes it. */
export const schemaAt = (schema: Schema, steps: readonly string[]): Schema =>
  steps.reduce<Schema>((at, step) => at.properties?.[step] ?? at.items ?? {}, schema);

export const valueAt = (value: unknown, steps: readonly string[]): unknown =>
  steps.reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], value);
