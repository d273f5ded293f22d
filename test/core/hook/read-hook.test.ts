import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { readHook } from '../../../lib/core/hook/read-hook.ts';

const argo = 'argocd.argoproj.io/hook';
const argoPolicy = 'argocd.argoproj.io/hook-delete-policy';
const helm = 'helm.sh/hook';
const helmPolicy = 'helm.sh/hook-delete-policy';

const read = (annotations: Record<string, string>, everDeployed = true) =>
  readHook({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'a', annotations } }, { everDeployed });
const usual = { deletePolicies: ['BeforeHookCreation'], unknown: [] };

for (const { it, annotations, everDeployed = true, gives } of [
  { it: 'finds none without an annotation', annotations: {}, gives: null },
  { it: 'finds none in an empty one', annotations: { [argo]: '' }, gives: null },
  { it: 'reads one phase', annotations: { [argo]: 'PreSync' }, gives: { ...usual, phases: ['PreSync'] } },
  {
    it: 'reads several, with spaces, once each',
    annotations: { [argo]: 'Sync, PostSync,SyncFail,Sync' },
    gives: { ...usual, phases: ['Sync', 'PostSync', 'SyncFail'] },
  },
  {
    it: 'reads the phases of the removal',
    annotations: { [argo]: 'PreDelete,PostDelete' },
    gives: { ...usual, phases: ['PreDelete', 'PostDelete'] },
  },
  {
    it: 'runs what is to be skipped in no phase',
    annotations: { [argo]: 'Skip,Sync' },
    gives: { ...usual, phases: [] },
  },
  {
    it: 'runs what nobody knows in no phase, and says what is meant',
    annotations: { [argo]: 'PreSnyc' },
    gives: { ...usual, phases: [], unknown: ['PreSnyc is no kind of hook; did you mean PreSync?'] },
  },
  {
    it: 'reads delete policies',
    annotations: { [argo]: 'Sync', [argoPolicy]: 'HookSucceeded, HookFailed' },
    gives: { phases: ['Sync'], deletePolicies: ['HookSucceeded', 'HookFailed'], unknown: [] },
  },
  {
    it: 'runs an install hook of Helm at the first sync only',
    annotations: { [helm]: 'pre-install' },
    gives: { ...usual, phases: [] },
  },
  {
    it: 'runs an install hook of Helm at the first sync',
    annotations: { [helm]: 'pre-install' },
    everDeployed: false,
    gives: { ...usual, phases: ['PreSync'] },
  },
  {
    it: 'runs an upgrade hook of Helm later',
    annotations: { [helm]: 'post-upgrade' },
    gives: { ...usual, phases: ['PostSync'] },
  },
  {
    it: 'runs no upgrade hook of Helm at the first sync',
    annotations: { [helm]: 'post-upgrade' },
    everDeployed: false,
    gives: { ...usual, phases: [] },
  },
  {
    it: 'runs what is both at every sync',
    annotations: { [helm]: 'pre-install,pre-upgrade' },
    gives: { ...usual, phases: ['PreSync'] },
  },
  { it: 'runs no test of Helm', annotations: { [helm]: 'test' }, gives: { ...usual, phases: [] } },
  { it: 'runs no rollback hook of Helm', annotations: { [helm]: 'pre-rollback' }, gives: { ...usual, phases: [] } },
  { it: 'takes crd-install for an ordinary object', annotations: { [helm]: 'crd-install' }, gives: null },
  {
    it: 'reads the delete policies of Helm',
    annotations: { [helm]: 'pre-delete', [helmPolicy]: 'before-hook-creation,hook-succeeded' },
    gives: { phases: ['PreDelete'], deletePolicies: ['BeforeHookCreation', 'HookSucceeded'], unknown: [] },
  },
  {
    it: 'does not look at Helm where Argo CD is spoken to',
    annotations: { [argo]: 'PostSync', [helm]: 'pre-install', [helmPolicy]: 'hook-failed' },
    gives: { ...usual, phases: ['PostSync'] },
  },
]) {
  test(`read-hook ${it}`, () => deepEqual(read(annotations, everDeployed), gives));
}
