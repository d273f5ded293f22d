/** The folder test/golden/health is the specification: Kind/verdict-case.yaml, with the sentence in the first line where there is one. */
import { equal, ok } from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { test } from 'node:test';
import { load } from 'js-yaml';
import { assessHealth } from '../../../lib/core/health/assess-health.ts';
import type { KubernetesObject } from '../../../lib/core/object/kubernetes-object.ts';
import { anObject } from './an-object.ts';

const folder = new URL('../../golden/health/', import.meta.url).pathname;
const files = globSync('*/*.yaml', { cwd: folder }).toSorted();

test('the folder of health cases is found', () => ok(files.length >= 230, `${files.length} files`));

for (const file of files) {
  const [verdict = ''] = basename(file, '.yaml').split('-');
  test(`assess-health finds ${dirname(file)} ${basename(file, '.yaml').replaceAll('-', ' ')}`, () => {
    const text = readFileSync(`${folder}${file}`, 'utf8');
    const health = assessHealth(load(text) as KubernetesObject, []);
    equal((health?.status ?? 'none').toLowerCase(), verdict);
    equal(health?.because, text.match(/^# says: (.*)$/m)?.[1]);
  });
}

test('assess-health does not fall over a status of the wrong shape', () => {
  for (const status of [null, [], 'broken', { conditions: 'none', replicas: 'three' }, { conditions: [null, 1] }]) {
    for (const kind of ['Pod', 'Service', 'Namespace', 'PersistentVolumeClaim']) {
      ok(assessHealth(anObject({ apiVersion: 'v1', kind, status }), []) !== null);
    }
    ok(assessHealth(anObject({ apiVersion: 'apps/v1', kind: 'Deployment', status }), []) !== null);
    ok(assessHealth(anObject({ apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', status }), []) !== null);
    equal(assessHealth(anObject({ apiVersion: 'example.com/v1', kind: 'Widget', status }), []), null);
  }
});
