import fc from 'fast-check';
import type { EntryTime } from '../../../src/engines/entry.js';
import { fileName } from './names.js';
import type { Content } from './tree.js';

interface Named {
  /** Which of the folders that there are it lies in. */
  readonly folder: number;
  readonly name: string;
}

interface PlannedFolder extends Named {
  readonly time: EntryTime;
  readonly mode: number;
  /** False of one that only the paths of others name. */
  readonly isPacked: boolean;
  /** Which twin stands beside it, if any does. */
  readonly twin: number | undefined;
}

interface PlannedFile extends Named {
  readonly time: EntryTime;
  readonly mode: number;
  readonly content: Content;
  readonly twin: number | undefined;
  /** Its other names: hard links. */
  readonly others: readonly Named[] | undefined;
}

interface PlannedLink extends Named {
  readonly time: EntryTime;
  /** Which of the entries it leads to. */
  readonly to: number;
  /** The name of nothing that it leads to instead. */
  readonly dangles: string | undefined;
}

/** What a tree is grown from: every plan gives one, so that plans shrink freely. */
export interface Plan {
  readonly folders: readonly PlannedFolder[];
  readonly files: readonly PlannedFile[];
  readonly links: readonly PlannedLink[];
  /** What entries are ordered by. */
  readonly order: readonly number[];
}

/** The last second of 2100. */
const lastSecond = 4_133_980_799;
/** Where the years of formats begin and end: MS-DOS, 32 bits with a sign. */
const edges = [0, 1, 315_532_799, 315_532_800, 2 ** 31 - 1, 2 ** 31, lastSecond];

const time: fc.Arbitrary<EntryTime> = fc.record({
  seconds: fc.oneof(
    { arbitrary: fc.nat({ max: lastSecond }), weight: 4 },
    { arbitrary: fc.constantFrom(...edges), weight: 1 },
  ),
  nanoseconds: fc.oneof(
    fc.constant(0),
    fc.nat({ max: 9_999_999 }).map((ticks) => ticks * 100),
    fc.nat({ max: 999_999_999 }),
  ),
});

const contentOf = (look: Content['look'], min: number, max: number): fc.Arbitrary<Content> =>
  fc.record({
    look: fc.constant(look),
    size: fc.integer({ min, max }),
    seed: fc.nat({ max: 9_999 }),
  });

const content = fc.oneof(
  { arbitrary: contentOf('noise', 0, 3), weight: 6 },
  { arbitrary: contentOf('text', 1, 1_500), weight: 10 },
  { arbitrary: contentOf('noise', 500, 50_000), weight: 5 },
  { arbitrary: contentOf('holes', 1_000_000, 3_000_000), weight: 1 },
);

const mode = fc.oneof(fc.constantFrom(0o644, 0o755, 0o600, 0), fc.nat({ max: 0o777 }));
/** Undefined as a rule. */
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ arbitrary: fc.constant(undefined), weight: 3 }, { arbitrary, weight: 1 });
const named = { folder: fc.nat({ max: 9 }), name: fileName };
const twin = maybe(fc.nat({ max: 4 }));

const folder = fc.record({ ...named, time, mode, isPacked: fc.boolean(), twin });
const others = maybe(fc.array(fc.record(named), { minLength: 1, maxLength: 2 }));
const file = fc.record({ ...named, time, mode, content, twin, others });
const link = fc.record({ ...named, time, to: fc.nat({ max: 30 }), dangles: maybe(fileName) });

/** Plans of up to 30 entries. */
export const plans: fc.Arbitrary<Plan> = fc.record({
  folders: fc.array(folder, { maxLength: 4 }),
  files: fc.array(file, { maxLength: 5 }),
  links: fc.array(link, { maxLength: 3 }),
  order: fc.array(fc.nat({ max: 99 }), { minLength: 8, maxLength: 8 }),
});
