/** An access whose source is opened when the cluster is first asked for. */
import type { Access, AccessSource } from '../../lib/ports/cluster-access.ts';

/** `reopen`: also when the API server refused what the source gave, once for all requests that were under way with it. */
export function lazyAccess(open: () => Promise<AccessSource>, { reopen = false } = {}): AccessSource {
  let opening: Promise<AccessSource> | null = null;
  let opened: AccessSource | null = null;
  let given = new WeakSet<Access>();

  function openOnce(): Promise<AccessSource> {
    opening ??= open().then(
      (source) => {
        opened = source;
        return source;
      },
      (error: unknown) => {
        opening = null;
        throw error;
      },
    );
    return opening;
  }

  return {
    async current() {
      const source = await openOnce();
      const access = await source.current();
      if (source === opened) given.add(access);
      return access;
    },
    renew(refused) {
      opened?.renew(refused);
      if (!reopen || !given.has(refused)) return;
      given = new WeakSet();
      opening = null;
    },
  };
}
