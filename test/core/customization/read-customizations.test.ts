import { deepEqual, equal } from 'node:assert/strict';
import test from 'node:test';
import type { Customizations } from '../../../lib/core/customization/customizations.ts';
import { noCustomizations } from '../../../lib/core/customization/no-customizations.ts';
import { isCustomizationDocument, readCustomizations } from '../../../lib/core/customization/read-customizations.ts';
import { parseManifests } from '../../../lib/core/render/parse-manifests.ts';
import { anObject } from '../health/an-object.ts';

/** The document begins on line 1, its first key stands on line 4. */
function read(data: string) {
  const text = `apiVersion: v1\nkind: ConfigMap\ndata:\n${data.replace(/^/gm, '  ')}\nmetadata: {name: argocd-cm}\n`;
  const [manifest] = parseManifests(text, 'fleet/argocd-cm.yaml');
  if (manifest === undefined) throw new TypeError('no document');
  return readCustomizations(manifest, text);
}

const lua = 'return {status = "Healthy"}\n';

for (const { it, given, gives } of [
  { it: 'nothing of a ConfigMap without data', given: '', gives: {} },
  {
    it: 'health of a kind',
    given: `resource.customizations.health.example.com_Widget: |\n  ${lua}`,
    gives: { health: [{ group: 'example.com', kind: 'Widget', lua, useOpenLibs: false }] },
  },
  {
    it: 'health of a kind of the core group',
    given: `resource.customizations.health.Pod: |\n  ${lua}`,
    gives: { health: [{ group: '', kind: 'Pod', lua, useOpenLibs: false }] },
  },
  {
    it: 'that a script may use the open libraries, whichever key comes first',
    given: [
      'resource.customizations.useOpenLibs.example.com_Widget: "true"',
      `resource.customizations.health.example.com_Widget: |\n  ${lua}`,
      `resource.customizations.health.example.com_Gadget: |\n  ${lua}`,
      'resource.customizations.useOpenLibs.example.com_Gadget: "false"',
    ].join('\n'),
    gives: {
      health: [
        { group: 'example.com', kind: 'Widget', lua, useOpenLibs: true },
        { group: 'example.com', kind: 'Gadget', lua, useOpenLibs: false },
      ],
    },
  },
  {
    it: 'the older form: one mapping, wildcards included',
    given: `resource.customizations: |
  "*.example.com/*":
    health.lua: return {status = "Healthy"}
    health.lua.useOpenLibs: true
  apps/Deployment:
    ignoreDifferences: |
      jsonPointers: [/spec/replicas]
    actions: |
      discovery.lua: return {}
      definitions: [{name: poke, action.lua: return obj}]`,
    gives: {
      health: [{ group: '*.example.com', kind: '*', lua: lua.trim(), useOpenLibs: true }],
      ignoreDifferences: [
        {
          group: 'apps',
          kind: 'Deployment',
          jsonPointers: ['/spec/replicas'],
          jqPathExpressions: [],
          managedFieldsManagers: [],
        },
      ],
      actions: [
        {
          group: 'apps',
          kind: 'Deployment',
          discovery: 'return {}',
          definitions: [{ name: 'poke', lua: 'return obj' }],
          mergeBuiltinActions: false,
          useOpenLibs: false,
        },
      ],
    },
  },
  {
    it: 'actions of a kind',
    given: `resource.customizations.actions.apps_Deployment: |
  mergeBuiltinActions: true
  discovery.lua: return {poke = {}}
  definitions:
    - name: poke
      action.lua: return obj`,
    gives: {
      actions: [
        {
          group: 'apps',
          kind: 'Deployment',
          discovery: 'return {poke = {}}',
          definitions: [{ name: 'poke', lua: 'return obj' }],
          mergeBuiltinActions: true,
          useOpenLibs: false,
        },
      ],
    },
  },
  {
    it: 'differences ignored for one kind and for all',
    given: `resource.customizations.ignoreDifferences.apps_Deployment: |
  jqPathExpressions: ['.spec.template.spec.containers[].image']
resource.customizations.ignoreDifferences.all: |
  managedFieldsManagers: [kube-controller-manager]`,
    gives: {
      ignoreDifferences: [
        {
          group: 'apps',
          kind: 'Deployment',
          jsonPointers: [],
          jqPathExpressions: ['.spec.template.spec.containers[].image'],
          managedFieldsManagers: [],
        },
        {
          group: '*',
          kind: '*',
          jsonPointers: [],
          jqPathExpressions: [],
          managedFieldsManagers: ['kube-controller-manager'],
        },
      ],
    },
  },
  {
    it: 'exclusions and inclusions',
    given: `resource.exclusions: |
  - apiGroups: ["*.cilium.io"]
    kinds: [CiliumIdentity]
    clusters: ["*"]
resource.inclusions: |
  - {apiGroups: [apps]}`,
    gives: {
      exclusions: [{ apiGroups: ['*.cilium.io'], kinds: ['CiliumIdentity'], clusters: ['*'] }],
      inclusions: [{ apiGroups: ['apps'], kinds: [], clusters: [] }],
    },
  },
  {
    it: 'compare options',
    given: `resource.compareoptions: |
  ignoreAggregatedRoles: true
  ignoreResourceStatusField: off
  ignoreDifferencesOnResourceUpdates: true`,
    gives: { ignoreAggregatedRoles: true, ignoreResourceStatusField: 'none' as const },
  },
  {
    it: 'health in CEL',
    given: `trueup.healthExpressions: |
  - apiVersion: example.com/v1
    kind: Widget
    current: status.ready
    failed: has(status.error)
  - apiVersion: example.org/v1
    current: status.ready`,
    gives: {
      healthExpressions: [
        { group: 'example.com', kind: 'Widget', current: 'status.ready', inProgress: '', failed: 'has(status.error)' },
        { group: 'example.org', kind: '', current: 'status.ready', inProgress: '', failed: '' },
      ],
    },
  },
] satisfies { it: string; given: string; gives: Partial<Customizations> }[]) {
  test(`read-customizations reads ${it}`, () => {
    deepEqual(read(given), { customizations: { ...noCustomizations(), ...gives }, faults: [], ignored: [] });
  });
}

for (const { it, given, line, path, found, allowed } of [
  {
    it: 'a mistyped aspect, with the nearest',
    given: 'resource.customizations.helth.apps_Deployment: x',
    line: 4,
    path: 'resource.customizations.helth.apps_Deployment',
    found: 'resource.customizations.helth',
    allowed: 'health',
  },
  {
    it: 'a key that names no kind',
    given: 'a: "1"\nresource.customizations.health.a_b_C: x',
    line: 5,
    path: 'resource.customizations.health.a_b_C',
    found: 'resource.customizations.health.a_b_C',
    allowed: 'resource.customizations.health.<group>_<Kind>, or .<Kind>',
  },
  {
    it: 'a value that is no text',
    given: 'resource.customizations.useOpenLibs.apps_Deployment: true',
    line: 4,
    path: 'resource.customizations.useOpenLibs.apps_Deployment',
    found: 'true',
    allowed: 'text: values of a ConfigMap are in quotes, or after |',
  },
  {
    it: 'an answer that is neither yes nor no',
    given: 'resource.customizations.useOpenLibs.apps_Deployment: "yes"',
    line: 4,
    path: 'resource.customizations.useOpenLibs.apps_Deployment',
    found: '"yes"',
    allowed: '"true" or "false"',
  },
  {
    it: 'a mistyped field inside a block, on its own line',
    given: 'resource.exclusions: |\n  - apiGroups: [apps]\n    kind: [Deployment]',
    line: 6,
    path: 'resource.exclusions: [0].kind',
    found: 'kind',
    allowed: 'kinds',
  },
  {
    it: 'a mistake inside quotes, on the line of its key',
    given: 'resource.exclusions: "[{kinds: Deployment}]"',
    line: 4,
    path: 'resource.exclusions: [0].kinds',
    found: '"Deployment"',
    allowed: 'a list',
  },
  {
    it: 'a JSON pointer that is none',
    given: 'resource.customizations.ignoreDifferences.all: |\n  jsonPointers:\n    - spec.replicas',
    line: 6,
    path: 'resource.customizations.ignoreDifferences.all: jsonPointers[0]',
    found: '"spec.replicas"',
    allowed: 'a JSON pointer, which begins with /',
  },
  {
    it: 'a mistake in the YAML inside YAML',
    given: 'resource.customizations: |\n  apps/Deployment:\n    ignoreDifferences: |\n      jsonPointer: [/spec]',
    line: 6,
    path: 'resource.customizations: apps/Deployment.ignoreDifferences',
    found: 'jsonPointer at ignoreDifferences: jsonPointer',
    allowed: 'jsonPointers',
  },
  {
    it: 'an action without a script',
    given: 'resource.customizations.actions.apps_Deployment: |\n  definitions:\n    - name: poke',
    line: 6,
    path: 'resource.customizations.actions.apps_Deployment: definitions[0].action.lua',
    found: 'nothing',
    allowed: 'text',
  },
  {
    it: 'a way to compare status that nobody knows',
    given: 'resource.compareoptions: |\n  ignoreResourceStatusField: some',
    line: 5,
    path: 'resource.compareoptions: ignoreResourceStatusField',
    found: '"some"',
    allowed: 'all, crd, none',
  },
  {
    it: 'CEL that is none, with what the compiler says',
    given:
      'trueup.healthExpressions: |\n  - apiVersion: example.com/v1\n    kind: Widget\n    current: status.ready ==',
    line: 7,
    path: 'trueup.healthExpressions: [0].current',
    found: 'status.ready == (Unexpected token: EOF)',
    allowed: 'a CEL expression that is true or false',
  },
  {
    it: 'CEL that gives a number',
    given: 'trueup.healthExpressions: |\n  - {apiVersion: example.com/v1, current: 1 + 1}',
    line: 5,
    path: 'trueup.healthExpressions: [0].current',
    found: '1 + 1 (it gives int, not true or false)',
    allowed: 'a CEL expression that is true or false',
  },
  {
    it: 'a key of ours that there is not',
    given: 'trueup.healthExpression: "[]"',
    line: 4,
    path: 'trueup.healthExpression',
    found: 'trueup.healthExpression',
    allowed: 'trueup.healthExpressions',
  },
]) {
  test(`read-customizations names ${it}`, () => {
    const { faults } = read(given);
    deepEqual(
      faults.map(({ code, facts }) => ({ code, facts })),
      [{ code: 'customization.invalid', facts: { file: 'fleet/argocd-cm.yaml', line, path, found, allowed } }],
    );
  });
}

test('read-customizations names YAML that cannot be read, and where', () => {
  const { faults } = read('resource.exclusions: |\n  - "x" y\nurl: x');
  deepEqual(
    faults.map(({ facts: { line, path, allowed } }) => ({ line, path, allowed })),
    [{ line: 5, path: 'resource.exclusions', allowed: 'YAML' }],
  );
});

test('read-customizations lists once what means nothing here', () => {
  const { faults, ignored } = read(
    'url: https://argocd.example.com\nadmin.enabled: "false"\nresource.customizations.ignoreResourceUpdates.all: x',
  );
  deepEqual(faults, []);
  deepEqual(
    ignored.map(({ message }) => message),
    [
      'fleet/argocd-cm.yaml:1: These keys of argocd-cm are not acted on: admin.enabled, resource.customizations.ignoreResourceUpdates.all, url',
    ],
  );
});

for (const { name, kind, is } of [
  { name: 'argocd-cm', kind: 'ConfigMap', is: true },
  { name: 'argocd-cm', kind: 'Secret', is: false },
  { name: 'settings', kind: 'ConfigMap', is: false },
]) {
  test(`read-customizations ${is ? 'takes' : 'leaves'} ${kind} ${name}`, () =>
    equal(isCustomizationDocument(anObject({ apiVersion: 'v1', kind, metadata: { name } })), is));
}
