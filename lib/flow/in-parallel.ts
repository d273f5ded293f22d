/** Runs one task for each item, at most `limit` at a time; the results stand in the order of the items. */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  task: (item: Item) => Promise<Result>,
  limit = 24,
): Promise<Result[]> {
  const results: Result[] = new Array(items.length);
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) results[index] = await task(item);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
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
