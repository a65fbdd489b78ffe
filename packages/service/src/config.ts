import type { Static, TObject } from 'typebox';
import { Value } from 'typebox/value';

/** The environment is invalid. The message names every invalid variable, but never a value. */
export class ConfigError extends Error {}

/**
 * Reads the environment according to `schema`: converts strings to the types of the schema, applies defaults and
 * treats empty variables as absent. Throws a ConfigError that names every invalid variable.
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
