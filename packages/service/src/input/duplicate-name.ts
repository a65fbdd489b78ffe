const token = /"(?:[^"\\]|\\.)*"|[{}[\]:]/g;

interface Open {
  /** Of an object; a list has none. */
  names?: Set<string>;
  /** The field whose value is being read. */
  name?: string;
}

/**
 * The steps to the first name that an object of this JSON text, which must be valid, has twice; undefined where
 * there is none. JSON.parse keeps the last value in silence. Source: RFC 8259, section 4.
 */
export function duplicateName(json: string): string[] | undefined {
  const open: Open[] = [];
  let text = '';
  for (const [found] of json.matchAll(token)) {
    const top = open.at(-1);
    if (found === '{') open.push({ names: new Set() });
    else if (found === '[') open.push({});
    else if (found === '}' || found === ']') open.pop();
    else if (found !== ':') text = found;
    else if (top?.names !== undefined) {
      top.name = JSON.parse(text) as string;
      if (top.names.has(top.name)) return open.flatMap(({ name }) => name ?? []);
      top.names.add(top.name);
    }
  }
  return undefined;
}
