/**
 * Runs `work` on each item, at most `width` at a time. Resolves when all work has ended. After a failure no further
 * item is started, and the first failure is thrown.
 */
export async function forEachConcurrently<Item>(
  items: Iterable<Item> | AsyncIterable<Item>,
  width: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const iterator =
    Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  const failures: unknown[] = [];
  const worker = async () => {
    while (failures.length === 0) {
      const { done, value } = await iterator.next();
      if (done || failures.length > 0) return;
      await work(value);
    }
  };
  const workers = Array.from({ length: width }, () =>
    worker().catch((error: unknown) => failures.push(error)),
  );
  await Promise.all(workers);
  await iterator.return?.();
  if (failures.length > 0) throw failures[0];
}
