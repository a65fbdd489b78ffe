/** Gathers pieces to frames of at least so many bytes, but for the last. At least one frame, which is empty of nothing. */
export async function* inFrames(
  pieces: AsyncIterable<Buffer>,
  bytes: number,
): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let [length, frames] = [0, 0];
  for await (const piece of pieces) {
    held.push(piece);
    length += piece.length;
    if (length < bytes) continue;
    yield Buffer.concat(held);
    frames += 1;
    held = [];
    length = 0;
  }
  if (length > 0 || frames === 0) yield Buffer.concat(held);
}
