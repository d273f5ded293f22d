import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import type { HelmSource } from '../../../lib/core/application/application.ts';
import { readChart } from '../../../lib/core/render/read-chart.ts';
import { plainFiles } from '../../support/plain-files.ts';

const source = { repoURL: 'https://git.example.com/shop', targetRevision: 'HEAD', path: 'charts/shop' };
const files = plainFiles({
  'charts/shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
  'charts/shop/values-prod.yaml': 'a: 1\n',
  'values/all.yaml': 'a: 2\n',
  'values/key.pem': 'x',
});

test('read-chart finds value files beside the chart and from the root of the repository, in their order', () => {
  const { chart, faults } = read({ valueFiles: ['/values/all.yaml', 'values-prod.yaml', '../../values/all.yaml'] });
  deepEqual(faults, []);
  deepEqual(chart.valueFiles, ['values/all.yaml', 'charts/shop/values-prod.yaml', 'values/all.yaml']);
  deepEqual(chart.reads, ['charts/shop', 'charts/shop/values-prod.yaml', 'values/all.yaml']);
});

test('read-chart remembers an optional value file that is not there yet', () => {
  const { chart, faults } = read({ valueFiles: ['/values/later.yaml'], ignoreMissingValueFiles: true });
  deepEqual([faults, chart.valueFiles, chart.reads], [[], [], ['charts/shop', 'values/later.yaml']]);
});

test('read-chart finds the files of parameters', () => {
  const { chart } = read({ fileParameters: [{ name: 'tls.key', path: '../../values/key.pem' }] });
  deepEqual(chart.parameterFiles, [{ name: 'tls.key', path: 'values/key.pem' }]);
});

for (const { it, settings, code } of [
  { it: 'a value file that is missing', settings: { valueFiles: ['nope.yaml'] }, code: 'render.value_file_missing' },
  {
    it: 'a value file out of the repository',
    settings: { valueFiles: ['../../../etc/passwd'] },
    code: 'render.refused',
  },
  {
    it: 'a way out that only looks optional',
    settings: { valueFiles: ['/../x'], ignoreMissingValueFiles: true },
    code: 'render.refused',
  },
  { it: 'a value file by URL', settings: { valueFiles: ['https://example.com/v.yaml'] }, code: 'render.refused' },
  {
    it: 'a file of a parameter out of the repository',
    settings: { fileParameters: [{ name: 'a', path: '/../../etc/hostname' }] },
    code: 'render.refused',
  },
]) {
  test(`read-chart faults ${it}`, () =>
    deepEqual(
      read(settings).faults.map((fault) => fault.code),
      [code],
    ));
}

for (const { it, dependencies, charts, gives } of [
  {
    it: 'takes a dependency that is vendored as a folder',
    dependencies: '[{name: db, repository: "https://x"}]',
    charts: ['db/Chart.yaml'],
    gives: [],
  },
  {
    it: 'takes one that is vendored as an archive',
    dependencies: '[{name: db, repository: "oci://x"}]',
    charts: ['db-1.2.3.tgz'],
    gives: [],
  },
  {
    it: 'faults one that is not there',
    dependencies: '[{name: db, repository: "https://x"}]',
    charts: ['other-1.tgz'],
    gives: ['render.dependency_missing'],
  },
  {
    it: 'faults a linked one that leads nowhere',
    dependencies: '[{name: db, repository: "file://../nope"}]',
    charts: [],
    gives: ['render.dependency_missing'],
  },
]) {
  test(`read-chart ${it}`, () => {
    const chart = {
      'c/Chart.yaml': `name: c\ndependencies: ${dependencies}\n`,
      ...Object.fromEntries(charts.map((name) => [`c/charts/${name}`, ''])),
    };
    deepEqual(
      readChart(plainFiles(chart), { ...source, path: 'c' }, {}).faults.map(({ code }) => code),
      gives,
    );
  });
}

test('read-chart links a chart of the same repository', () => {
  const chart = {
    'c/Chart.yaml': 'name: c\ndependencies: [{name: db, repository: "file://../db"}]\n',
    'db/Chart.yaml': 'name: db\n',
  };
  const { chart: read } = readChart(plainFiles(chart), { ...source, path: 'c' }, {});
  deepEqual([read.linked, read.reads], [[{ name: 'db', folder: 'db' }], ['c', 'db']]);
});

function read(settings: HelmSource) {
  return readChart(files, source, settings);
}
