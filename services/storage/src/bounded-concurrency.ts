/**
 * Does `work` with each item, with at most `width` of them at a time, taking the next when one is done.
 * Ends when no work runs any more. The first failure is thrown; no item is taken after it.
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
