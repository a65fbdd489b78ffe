import { dataOf, type Member } from '../member.js';
import * as rar4 from '../rar4-bytes.js';
import * as rar5 from '../rar5-bytes.js';

/** A part of a member's data, and whether it goes on from or into another volume. */
interface Slice {
  readonly member: Member;
  readonly data: Buffer;
  readonly before: boolean;
  readonly after: boolean;
}

/** The data of the members, one behind the other, cut so that each volume has that many bytes of it. */
function cut(members: readonly Member[], volumeBytes: number): Slice[][] {
  const volumes: Slice[][] = [[]];
  let left = volumeBytes;
  for (const member of members) {
    const data = dataOf(member);
    let from = 0;
    do {
      if (left === 0) {
        volumes.push([]);
        left = volumeBytes;
      }
      const to = Math.min(from + left, data.length);
      const slice = { data: data.subarray(from, to), before: from > 0, after: to < data.length };
      volumes.at(-1)?.push({ member, ...slice });
      left -= to - from;
      from = to;
    } while (from < data.length);
  }
  return volumes;
}

const continues = (slice: Slice, { before, after }: { before: number; after: number }): number =>
  (slice.before ? before : 0) | (slice.after ? after : 0);

const archiveFlags5 = { volume: 1, number: 2 };

/** The volumes of a RAR 5 of stored members. Source: RARLAB, "RAR 5.0 archive format". */
export function rar5Volumes(members: readonly Member[], volumeBytes: number): Buffer[] {
  const { block, vint, types, fileBlock, signature } = rar5;
  return cut(members, volumeBytes).map((slices, at, { length }) => {
    const numbered =
      at === 0
        ? [vint(archiveFlags5.volume)]
        : [vint(archiveFlags5.volume | archiveFlags5.number), vint(at)];
    const files = slices.flatMap((slice) =>
      fileBlock(slice.member, { data: slice.data, continues: continues(slice, rar5.continues) }),
    );
    const more = at < length - 1 ? 1 : 0;
    return Buffer.concat([
      signature,
      block([vint(types.main), vint(0), ...numbered]),
      ...files,
      block([vint(types.end), vint(0), vint(more)]),
    ]);
  });
}

const archiveFlags4 = { volume: 1, newNames: 16, first: 256 };
const endFlags4 = { more: 1, skipIfUnknown: 0x4000 };

/** The volumes of a RAR 4 of stored members, of the old names or the new. Source: RARLAB, technote.txt of RAR 4.20. */
export function rar4Volumes(
  members: readonly Member[],
  volumeBytes: number,
  { newNames }: { newNames: boolean },
): Buffer[] {
  const { block, types, fileBlock, signature } = rar4;
  return cut(members, volumeBytes).map((slices, at, { length }) => {
    const files = slices.flatMap((slice) =>
      fileBlock(slice.member, { data: slice.data, continues: continues(slice, rar4.continues) }),
    );
    const { volume, newNames: named, first } = archiveFlags4;
    const bits = volume | (newNames ? named : 0) | (at === 0 ? first : 0);
    const more = at < length - 1 ? endFlags4.more : 0;
    return Buffer.concat([
      signature,
      block(types.main, bits, Buffer.alloc(6)),
      ...files,
      block(types.end, endFlags4.skipIfUnknown | more, Buffer.alloc(0)),
    ]);
  });
}
