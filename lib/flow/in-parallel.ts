/**
 * Runs one task for each item, at most `limit` at a time; the results stand in the order of the items. Once one has failed
 * no other is begun, and the failure is thrown when those under way have ended: a function that has answered is frozen, and
 * what it left running would go on at any later time.
 */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  task: (item: Item) => Promise<Result>,
  limit = 24,
): Promise<Result[]> {
  const results: Result[] = new Array(items.length);
  const queue = items.entries();
  const failures: unknown[] = [];
  const worker = async () => {
    for (const [index, item] of queue) {
      if (failures.length > 0) return;
      try {
        results[index] = await task(item);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  if (failures.length > 0) throw failures[0];
  return results;
}

/** Like `inParallel`, but lets every task finish and keeps what each threw. */
export async function settleInParallel<Item, Result>(
  items: readonly Item[],
  task: (item: Item) => Promise<Result>,
  limit = 24,
): Promise<PromiseSettledResult<Result>[]> {
  const settled = async (item: Item): Promise<PromiseSettledResult<Result>> => {
    try {
      return { status: 'fulfilled', value: await task(item) };
    } catch (reason) {
      return { status: 'rejected', reason };
    }
  };
  return inParallel(items, settled, limit);
}
