/**
 * Fills each `${NAME}` and leaves every other dollar sign alone, as envsubst does with a list of names.
 * Throws for a name without a value, and for a value that would end the directive it stands in.
 */
export function render(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\$\{([A-Z_]+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`The template requires a value for ${name}.`);
    if (/[\p{Cc}"]/u.test(value))
      throw new Error(`${name} must not contain a quote or a line break.`);
    return value;
  });
}
