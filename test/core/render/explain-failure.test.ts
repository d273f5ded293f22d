import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { explainFailure } from '../../../lib/core/render/explain-failure.ts';

for (const { it, tool, stderr, file, line, because } of [
  {
    it: 'the template and line that Helm names',
    tool: 'Helm' as const,
    stderr:
      'Error: template: shop/templates/web.yaml:12:14: executing "x" at <.Values.a.b>: nil pointer\n\nUse --debug flag to render out invalid YAML\n',
    file: 'shop/templates/web.yaml',
    line: 12,
    because: /^template: shop\/templates\/web\.yaml:12:14: executing/,
  },
  {
    it: 'the template of a YAML error',
    tool: 'Helm' as const,
    stderr:
      'Error: YAML parse error on shop/templates/x.yaml: error converting YAML to JSON: yaml: line 3: did not find expected key\n',
    file: 'shop/templates/x.yaml',
    line: 3,
    because: /did not find expected key$/,
  },
  {
    it: 'the file that Kustomize cannot read, without the folder it was in',
    tool: 'Kustomize' as const,
    stderr:
      "# Warning: 'bases' is deprecated\nerror: accumulating resources: accumulation err='accumulating resources from 'shop/templates/y.yaml': MalformedYAMLError: yaml: line 7: found character that cannot start any token in File: /tmp/t1/repository/shop/templates/y.yaml'\n",
    file: 'shop/templates/y.yaml',
    line: 7,
    because: /^accumulating(?!.*\/tmp\/t1)/,
  },
  {
    it: 'nothing where the tool does not',
    tool: 'Helm' as const,
    stderr: '',
    file: undefined,
    line: undefined,
    because: /it gave no reason/,
  },
]) {
  test(`explain-failure names ${it}`, () => {
    const fault = explain(tool, stderr);
    deepEqual([fault.code, fault.facts.file, fault.facts.line], ['render.failed', file, line]);
    ok(because.test(String(fault.facts.because)), String(fault.facts.because));
  });
}

test('explain-failure knows a limit on memory by what Go prints', () => {
  equal(explain('Helm', 'fatal error: runtime: out of memory\n\ngoroutine 1').code, 'render.too_large');
});

test('explain-failure cuts a message without end', () => {
  ok(explain('Helm', 'x'.repeat(50_000)).message.length < 2_500);
});

function explain(tool: 'Helm' | 'Kustomize', stderr: string) {
  const fileNamed = (written: string) => (written.startsWith('shop/') ? written : null);
  return explainFailure({ tool, path: 'shop', stderr, roots: ['/tmp/t1/repository'], fileNamed });
}
