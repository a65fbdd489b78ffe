import { type WrittenFormat, writtenFormats } from '@comprimemelo/contracts/formats';
import { holdings } from './holdings.js';

/** The format that a tree goes into first, and the one that it is then converted to. */
export type Pair = readonly [WrittenFormat, WrittenFormat];

/** Every pair of written formats. */
export const pairs: readonly Pair[] = writtenFormats.flatMap((one) =>
  writtenFormats.map((other): Pair => [one, other]),
);

/** False where one of the two holds a single file. */
export const holdsTree = ([one, other]: Pair): boolean =>
  holdings[one].tree && holdings[other].tree;

/** Pairs that hold a tree come twice: through the others goes one file. */
const rounds = [...pairs, ...pairs.filter(holdsTree)];

/** How many of so many journeys go through a pair. */
export const journeysThrough = (pair: Pair, journeys: number): number =>
  Array.from({ length: journeys }, (_, at) => rounds[at % rounds.length]).filter(
    (one) => one === pair,
  ).length;
