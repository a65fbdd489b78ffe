import type { Static, TObject } from 'typebox';
import { Value } from 'typebox/value';

/** The environment does not fit: every variable at fault is named, none of their values is. */
export class ConfigError extends Error {}

/**
 * The environment as `schema` wants it: strings converted to the schema's types, defaults filled in,
 * an empty variable taken as absent. Throws a ConfigError that names every variable at fault.
 */
export function readConfig<T extends TObject>(
  schema: T,
  env: Record<string, string | undefined> = process.env,
): Static<T> {
  const given = Object.fromEntries(
    Object.keys(schema.properties)
      .filter((name) => env[name] !== undefined && env[name] !== '')
      .map((name) => [name, env[name]]),
  );
  const value = Value.Convert(schema, Value.Default(schema, given));
  if (Value.Check(schema, value)) return value as Static<T>;
  const faults = Value.Errors(schema, value).flatMap((error) => {
    if (error.keyword === 'required') {
      const { requiredProperties } = error.params as { requiredProperties: string[] };
      return requiredProperties.map((name) => `${name} is missing`);
    }
    return [`${error.instancePath.slice(1)} ${error.message}`];
  });
  throw new ConfigError([...new Set(faults)].join('; '));
}
