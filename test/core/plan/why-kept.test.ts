import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { readApplicationOptions } from '../../../lib/core/options/read-application-options.ts';
import { asksFirst, whyKept } from '../../../lib/core/plan/why-kept.ts';

const own = 'argocd.argoproj.io/sync-options';
const an = (annotations: Record<string, string>, kind = 'ConfigMap') => ({
  apiVersion: 'v1',
  kind,
  metadata: { name: 'a', annotations },
});

for (const { it, live = {}, manifest = {}, removal = false, options = [], kind = 'ConfigMap', kept, asks = false } of [
  { it: 'lets an ordinary object go', kept: null },
  { it: 'keeps what Git asked for', manifest: { [own]: 'Prune=false' }, kept: 'Prune=false' },
  { it: 'keeps what a hand asked for', live: { [own]: 'Prune=false' }, kept: 'Prune=false' },
  { it: 'keeps everything where the Application says so', options: ['Prune=false'], kept: 'Prune=false' },
  { it: 'lets go on removal what is only not pruned', live: { [own]: 'Prune=false' }, removal: true, kept: null },
  { it: 'keeps on removal', live: { [own]: 'Delete=false' }, removal: true, kept: 'Delete=false' },
  { it: 'prunes what is only kept on removal', live: { [own]: 'Delete=false' }, kept: null },
  {
    it: 'keeps what Helm keeps, on removal too',
    manifest: { 'helm.sh/resource-policy': 'keep' },
    removal: true,
    kept: 'helm.sh/resource-policy: keep',
  },
  {
    it: 'keeps what Flux keeps',
    live: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' },
    kept: 'kustomize.toolkit.fluxcd.io/prune: disabled',
  },
  {
    it: 'keeps a definition on removal',
    kind: 'CustomResourceDefinition',
    removal: true,
    kept: 'a definition stays: with it every object of its kind would go',
  },
  { it: 'lets a definition be pruned, which the guard asks about', kind: 'CustomResourceDefinition', kept: null },
  { it: 'asks first', manifest: { [own]: 'Prune=confirm' }, kept: null, asks: true },
  {
    it: 'does not ask on removal what only pruning asks',
    manifest: { [own]: 'Prune=confirm' },
    removal: true,
    kept: null,
  },
  { it: 'asks first on removal', live: { [own]: 'Delete=confirm' }, removal: true, kept: null, asks: true },
]) {
  test(`why-kept ${it}`, () => {
    const leaving = { live: an(live, kind), manifest: an(manifest, kind), removal };
    const read = readApplicationOptions(options);
    equal(whyKept(leaving, read), kept);
    equal(asksFirst(leaving, read), asks);
  });
}
