/** What the record says from a moment on. */
import type { Playground } from './playground.ts';
import type { DemoEvent } from './read-record.ts';

export type News = {
  /** Waits for the first event that matches. */
  event(promise: string, matches: (event: DemoEvent) => boolean): Promise<DemoEvent>;
  /** All of one operation, oldest first. */
  ofOperation(operation: string | undefined): Promise<DemoEvent[]>;
};

export async function fromNowOn({ record, until }: Pick<Playground, 'record' | 'until'>): Promise<News> {
  const before = new Set((await until('the record can be read', record.events)).map(({ id }) => id));
  const since = async () => (await record.events())?.filter(({ id }) => !before.has(id)).toReversed() ?? null;
  return {
    event: (promise, matches) => until(promise, async () => (await since())?.find(matches) ?? null),
    async ofOperation(operation) {
      const all = await until('the record can be read', since);
      return all.filter((event) => operation !== undefined && event.operation === operation);
    },
  };
}
