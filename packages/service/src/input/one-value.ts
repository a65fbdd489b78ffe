import { ProblemError } from '../problem/problem-error.js';
import { listed } from './field-words.js';

/**
 * The value of a field that goes by several names, by name (`options.level`); undefined where none is given.
 * Throws `invalid-request` where two of them differ, and never says what they are.
 */
export function oneValue<Value>(byName: Record<string, Value | undefined>): Value | undefined {
  const given = Object.entries(byName).filter(([, value]) => value !== undefined);
  const values = new Set(given.map(([, value]) => value));
  if (values.size <= 1) return given[0]?.[1];
  const names = given.map(([name]) => name);
  const detail = `${listed(names)} are one field, and their values differ: send one of them.`;
  const errors = names.map((name) => ({ pointer: `/${name.replaceAll('.', '/')}`, detail }));
  throw new ProblemError('invalid-request', { detail, errors });
}
