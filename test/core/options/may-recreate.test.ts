import { equal, match } from 'node:assert/strict';
import test from 'node:test';
import { mayRecreate } from '../../../lib/core/options/may-recreate.ts';
import { readApplicationOptions } from '../../../lib/core/options/read-application-options.ts';

const argo = (options: string) => ({ 'argocd.argoproj.io/sync-options': options });
const flux = { 'kustomize.toolkit.fluxcd.io/force': 'Enabled' };

for (const { it, kind, annotations = {}, application = [], may, advice } of [
  { it: 'does not where nobody asks', kind: 'Job', may: false, advice: /sync-options: Force=true\.$/ },
  {
    it: 'names both options for what is replaced',
    kind: 'Job',
    application: ['Replace=true'],
    may: false,
    advice: /: Force=true,Replace=true\.$/,
  },
  { it: 'does where the object asks', kind: 'Job', annotations: argo('Force=true'), may: true },
  { it: 'does where Flux would', kind: 'Job', annotations: flux, may: true },
  { it: 'does where the Application asks', kind: 'RoleBinding', application: ['Force=true'], may: true },
  {
    it: 'does not where the object says no',
    kind: 'Job',
    annotations: argo('Force=false'),
    application: ['Force=true'],
    may: false,
  },
  {
    it: 'does not delete data because the Application asks for everything',
    kind: 'PersistentVolumeClaim',
    application: ['Force=true'],
    may: false,
    advice: /may be lost/,
  },
  {
    it: 'does where an object that holds data asks itself',
    kind: 'PersistentVolumeClaim',
    annotations: argo('Force=true'),
    may: true,
  },
  ...['Namespace', 'CustomResourceDefinition'].map((kind) => ({
    it: `never does for a ${kind}`,
    kind,
    application: [],
    annotations: argo('Force=true,Replace=true'),
    may: false,
    advice: /never deleted/,
  })),
]) {
  test(`may-recreate ${it}`, () => {
    const object = { apiVersion: 'v1', kind, metadata: { name: 'a', annotations } };
    const given = mayRecreate(object, readApplicationOptions(application));
    equal(given.may, may);
    if (advice !== undefined) match(given.advice, advice);
  });
}
