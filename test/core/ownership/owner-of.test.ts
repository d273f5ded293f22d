import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import type { KubernetesObject } from '../../../lib/core/object/kubernetes-object.ts';
import { type Owner, ownerOf } from '../../../lib/core/ownership/owner-of.ts';

const id = (name: string) => ({ 'trueup.dev/tracking-id': `shop:/ConfigMap:shop/${name}` });
const settings = (metadata: Partial<KubernetesObject['metadata']>): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'settings', namespace: 'shop', ...metadata },
});

for (const { it, given, gives } of [
  { it: 'without marks is nobody’s', given: {}, gives: { is: 'nobody' } },
  {
    it: 'with a tracking id that describes it is that Application’s',
    given: { annotations: id('settings'), labels: { 'trueup.dev/installation': 'mine' } },
    gives: { is: 'application', name: 'shop' },
  },
  {
    it: 'is an Application’s of ours too where the label of the installation is lost',
    given: { annotations: id('settings') },
    gives: { is: 'application', name: 'shop' },
  },
  {
    it: 'of another installation is that one’s, whatever its Application is called',
    given: { annotations: id('settings'), labels: { 'trueup.dev/installation': 'theirs' } },
    gives: { is: 'installation', name: 'theirs' },
  },
  {
    it: 'to which an operator copied all marks of another is nobody’s',
    given: { annotations: id('other'), labels: { 'trueup.dev/installation': 'theirs' } },
    gives: { is: 'nobody' },
  },
] satisfies { it: string; given: Partial<KubernetesObject['metadata']>; gives: Owner }[]) {
  test(`owner-of: an object ${it}`, () => deepEqual(ownerOf(settings(given), 'mine'), gives));
}
