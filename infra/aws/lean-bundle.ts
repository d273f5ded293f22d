/** Plugins of esbuild: what two packages drag into the bundle of sync, a megabyte that no function ever runs, stays out. */
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';

const dispatchers = fileURLToPath(new URL('undici-dispatchers.mjs', import.meta.url));

export default [
  {
    name: 'undici-dispatchers',
    setup(build) {
      build.onResolve({ filter: /^undici$/ }, () => ({ path: dispatchers }));
    },
  },
  {
    name: 'client-node-generated',
    setup(build) {
      // The class of every kind of Kubernetes: of them only KubeConfig.makeApiClient, which we never call, has need. The
      // package does not say that its modules have no side effects, so esbuild would keep them all.
      build.onResolve({ filter: /^\.\.?\// }, async ({ path, pluginData, ...where }) => {
        if (pluginData === resolved || !where.importer.includes('/@kubernetes/client-node/dist/')) return;
        const found = await build.resolve(path, { ...where, pluginData: resolved });
        return found.path.includes('/client-node/dist/gen/') ? { ...found, sideEffects: false } : found;
      });
    },
  },
] satisfies Plugin[];

/** Marks what this plugin itself asks for. */
const resolved = Symbol('resolved');
