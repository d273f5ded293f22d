import { deepEqual, match } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

const trueup = new URL('../../cli/trueup.ts', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'trueup-health-'));

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const live = write(
  'live.yaml',
  `apiVersion: example.com/v1
kind: Widget
metadata: {name: one, namespace: shop}
status: {parts: [{done: true}, {done: false}]}
---
apiVersion: example.com/v1
kind: Gadget
metadata: {name: two, namespace: shop}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: three, namespace: shop}
`,
);

const rules = write(
  'argocd-cm.yaml',
  `apiVersion: v1
kind: ConfigMap
metadata: {name: argocd-cm}
data:
  resource.customizations: |
    "*.com/*":
      health.lua: return {status = "Suspended", message = "by the wildcard"}
  resource.customizations.health.example.com_Widget: |
    local done = 0
    for _, part in ipairs(obj.status.parts) do
      if part.done then done = done + 1 end
    end
    if done < #obj.status.parts then
      return {status = "Progressing", message = done .. " of " .. #obj.status.parts .. " parts"}
    end
    return {status = "Healthy"}
`,
);

const health = (...args: string[]) =>
  spawnSync(process.execPath, [trueup, 'health', ...args, '-o', 'json'], { encoding: 'utf8' });

test('trueup health -f judges by a customization, by a wildcard, and else by the built-in rules', () => {
  const { stdout } = health('-f', live, '--customizations', rules);
  deepEqual(JSON.parse(stdout), [
    {
      group: 'example.com',
      kind: 'Widget',
      namespace: 'shop',
      name: 'one',
      status: 'Progressing',
      message: '1 of 2 parts',
    },
    {
      group: 'example.com',
      kind: 'Gadget',
      namespace: 'shop',
      name: 'two',
      status: 'Suspended',
      message: 'by the wildcard',
    },
    { group: '', kind: 'ConfigMap', namespace: 'shop', name: 'three', status: 'Healthy', message: '' },
  ]);
});

test('trueup health -f names a customization that is wrong, with its line', () => {
  const wrong = write(
    'wrong.yaml',
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: argocd-cm}\ndata:\n  resource.exclusions: "x"\n',
  );
  const { status, stderr } = health('-f', live, '--customizations', wrong);
  deepEqual(status, 2);
  match(stderr, /wrong\.yaml:5: argocd-cm is not valid at resource\.exclusions/);
});

test('trueup health takes no customizations for an Application, which has those of its fleet', () => {
  match(health('shop', '--customizations', rules).stderr, /--customizations/);
});
