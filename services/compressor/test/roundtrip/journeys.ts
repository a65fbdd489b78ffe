import { type Level, levels } from '@comprimemelo/contracts/states';
import fc from 'fast-check';
import { holdsTree, type Pair } from './pairs.js';
import { growTree, withOneFile } from './trees/grow-tree.js';
import { type Packer, packers } from './trees/pack-tree.js';
import { plans } from './trees/plan.js';
import type { Tree } from './trees/tree.js';

/** A tree, and how it goes from format to format. */
export interface Journey {
  readonly tree: Tree;
  /** What packs it first; undefined to compress its files. */
  readonly packer: Packer | undefined;
  readonly level: Level;
  readonly pair: Pair;
}

const usual = packers[0];

/** Journeys through two formats. A job of compress has at least one input. */
export const journeysOf = (pair: Pair): fc.Arbitrary<Journey> =>
  fc
    .record({
      tree: plans.map(growTree).map((tree) => (holdsTree(pair) ? tree : withOneFile(tree))),
      packer: fc.constantFrom(usual, undefined, ...packers),
      level: fc.constantFrom(...levels),
      pair: fc.constant(pair),
    })
    .map(({ packer, ...journey }) => {
      const hasFile = journey.tree.some(({ kind }) => kind === 'file');
      return { ...journey, packer: hasFile ? packer : (packer ?? usual) };
    });
