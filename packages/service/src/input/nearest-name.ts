import leven from 'leven';

/** `first_name`, `firstName` and `FIRST-NAME` are one name. */
const plain = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Letters of one name within the other that are no accident: `pass`, `archivePassword`. */
const meaningful = 4;

/** How far two names are apart; undefined where nobody would take the one for the other. */
function distance(asked: string, known: string): number | undefined {
  const [one, other] = [plain(asked), plain(known)];
  const longer = Math.max(one.length, other.length);
  // What is far longer is no misspelling, and not worth comparing letter by letter.
  if (longer > 100) return undefined;
  const letters = leven(one, other);
  if (letters <= Math.max(1, Math.floor(longer / 3))) return letters;
  const shorter = Math.min(one.length, other.length);
  const isPart = one.includes(other) || other.includes(one);
  return isPart && shorter >= meaningful ? letters : undefined;
}

/** The words that are near to the one asked for, the nearest first, at most `count`. */
export function nearestNames(asked: string, known: readonly string[], count: number): string[] {
  return known
    .map((name) => ({ name, apart: distance(asked, name) }))
    .filter((one): one is { name: string; apart: number } => one.apart !== undefined)
    .sort((one, other) => one.apart - other.apart)
    .slice(0, count)
    .map(({ name }) => name);
}

/** Of what is known, that whose name is nearest to the one asked for; the first of several that are as near. */
export function nearest<Known extends { name: string }>(
  asked: string,
  known: readonly Known[],
): Known | undefined {
  let best: Known | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const one of known) {
    const apart = distance(asked, one.name);
    if (apart === undefined || apart >= least) continue;
    [best, least] = [one, apart];
  }
  return best;
}
