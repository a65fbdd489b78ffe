/** The most lines that a description has. */
const shown = 40;

const isTree = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const short = (value: unknown): string => {
  const text = JSON.stringify(value) ?? '';
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
};

function differences(before: unknown, after: unknown, at: string): string[] {
  if (isTree(before) && isTree(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...names].flatMap((name) =>
      differences(before[name], after[name], at === '' ? name : `${at} > ${name}`),
    );
  }
  if (before === after) return [];
  return [
    at,
    ...(before === undefined ? [] : [`  - ${short(before)}`]),
    ...(after === undefined ? [] : [`  + ${short(after)}`]),
  ];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What the second of two JSON texts says differently, place by place, for a person to read. */
export function describeDrift(committed: string, generated: string): string {
  const before = parsed(committed);
  if (before === undefined) return 'The committed document is missing or is not JSON.';
  const lines = differences(before, parsed(generated), '');
  if (lines.length === 0) return 'The content is the same; only the order or the layout differs.';
  if (lines.length <= shown) return lines.join('\n');
  return [...lines.slice(0, shown), `and ${lines.length - shown} more lines`].join('\n');
}
