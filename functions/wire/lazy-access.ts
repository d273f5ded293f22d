/** An access whose source is opened when the cluster is first asked for. */
import type { AccessSource } from '../../lib/ports/cluster-access.ts';

/** `reopen`: also when the API server refused what the source gave. */
export function lazyAccess(open: () => Promise<AccessSource>, { reopen = false } = {}): AccessSource {
  let opening: Promise<AccessSource> | null = null;
  let opened: AccessSource | null = null;
  return {
    async current() {
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
      return (await opening).current();
    },
    renew(refused) {
      opened?.renew(refused);
      if (reopen) opening = null;
    },
  };
}
