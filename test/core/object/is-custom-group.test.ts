import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { isCustomGroup } from '../../../lib/core/object/is-custom-group.ts';

for (const { group, gives } of [
  { group: '', gives: false },
  { group: 'apps', gives: false },
  { group: 'networking.k8s.io', gives: false },
  { group: 'flowcontrol.apiserver.k8s.io', gives: false },
  { group: 'gateway.networking.k8s.io', gives: true },
  { group: 'snapshot.storage.k8s.io', gives: true },
  { group: 'cert-manager.io', gives: true },
])
  test(`is-custom-group: "${group}" is ${gives ? 'of definitions' : "Kubernetes' own"}`, () =>
    equal(isCustomGroup(group), gives));
