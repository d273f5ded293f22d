/** What a hostile repository tries on the renderer, with the real kubectl and helm. */
import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { findTools } from '../../../infra/local/tools.ts';
import { createRenderer } from '../../../lib/adapters/renderer/create-renderer.ts';
import { confine, type Isolation, isRoot } from '../../../lib/adapters/renderer/isolation.ts';
import { runTool } from '../../../lib/adapters/renderer/run-tool.ts';
import { openWorkspace } from '../../../lib/adapters/renderer/workspace.ts';
import { renderRequest } from '../../contracts/renderer.contract.ts';
import { configMap } from '../../support/source-files.ts';

const tools = await findTools();
const renderer = createRenderer(tools);
const isolation = await renderer.isolation();
const limits = { timeoutMs: 20_000, maxOutputBytes: 1_000_000 };

const chart = (template: string) => ({
  'app/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
  'app/templates/x.yaml': template,
});

test('a template without end is stopped in time, and nothing of it is left', async () => {
  const quick = createRenderer({ ...tools, limits: { timeoutMs: 2_000 } });
  const endless = chart('{{ range $i := until 100000 }}{{ range $j := until 100000 }}{{ end }}{{ end }}');
  const start = performance.now();
  await rejects(quick.render(renderRequest(endless, {})), { code: 'render.timed_out' });
  ok(performance.now() - start < 15_000);
  deepEqual(leftovers(), []);
});

test('a template that asks for a billion numbers meets the limit on memory or time', async () => {
  const small = createRenderer({ ...tools, limits: { timeoutMs: 10_000, memoryBytes: 2 * 1024 ** 3 } });
  await rejects(small.render(renderRequest(chart('{{ until 1000000000 }}'), {})), (fault: { code: string }) =>
    ['render.too_large', 'render.timed_out'].includes(fault.code),
  );
});

test('more output than the limit is refused, and nothing of the tool is left', async () => {
  const tight = createRenderer({ ...tools, limits: { maxOutputBytes: 100_000 } });
  const large = chart(configMap('x', 'data: {x: "{{ repeat 1000000 "x" }}"}\n'));
  await rejects(tight.render(renderRequest(large, {})), { code: 'render.too_large', message: /bytes of output/ });
  deepEqual(leftovers(), []);
});

test('100,000 documents are refused', async () => {
  const many = { 'app/a.yaml': Array.from({ length: 100_000 }, (_, index) => configMap(`a${index}`)).join('---\n') };
  await rejects(renderer.render(renderRequest(many, {})), { code: 'render.too_large', message: /20000 \(objects\)/ });
});

test('an alias bomb is refused or stopped by each of the three', async () => {
  const quick = createRenderer({ ...tools, limits: { timeoutMs: 3_000 } });
  const rows = Array.from(
    { length: 9 },
    (_, index) => `a${index + 1}: &a${index + 1} [${Array(9).fill(`*a${index}`).join(', ')}]`,
  );
  const bomb = configMap('bomb', `a0: &a0 [x, x, x, x]\n${rows.join('\n')}\n`);
  for (const texts of [
    { 'app/a.yaml': bomb },
    { 'app/kustomization.yaml': 'resources: [a.yaml]\n', 'app/a.yaml': bomb },
    chart(bomb),
  ]) {
    await rejects(quick.render(renderRequest(texts, {})), { name: 'Fault' });
  }
  deepEqual(leftovers(), []);
});

test('a kustomization cannot load a file outside its folder', async () => {
  const texts = {
    'app/kustomization.yaml': 'configMapGenerator: [{name: c, files: [../secret.txt]}]\n',
    'secret.txt': 'x',
  };
  await rejects(renderer.render(renderRequest(texts, {})), { code: 'render.failed', message: /is not in or below/ });
});

test('an exec plugin never starts', async () => {
  const marker = join(tmpdir(), `trueup-exec-plugin-${process.pid}`);
  const plugin = `apiVersion: builtin\nkind: Exec\nmetadata: {name: x, annotations: {"config.kubernetes.io/function": "exec: {path: ./run.sh}"}}\n`;
  const texts = {
    'app/kustomization.yaml': 'transformers: [x.yaml]\n',
    'app/x.yaml': plugin,
    'app/run.sh': `#!/bin/sh\ntouch ${marker}\n`,
  };
  await rejects(renderer.render(renderRequest(texts, {})), { code: 'render.refused' });
  equal(existsSync(marker), false);
});

test('a chart sees neither the environment nor a host name nor a network', async () => {
  const nosy = chart(
    configMap(
      'x',
      'data: {env: "{{ .Files.Get "/proc/self/environ" }}{{ .Files.Get "../../../etc/hostname" }}", dns: "{{ getHostByName "localhost" }}"}\n',
    ),
  );
  const { manifests } = await renderer.render(renderRequest(nosy, {}));
  deepEqual(manifests[0]?.object.data, { env: '', dns: '' });
});

test('every program of this machine is locked away where it can be', () => {
  const expected: Isolation = process.platform === 'linux' && isRoot() ? 'jail' : isolation.helm;
  deepEqual(isolation, { kubectl: expected, helm: expected });
});

test('a program in the jail reads no file of ours and reaches no server, even when it wants to', async (t) => {
  if (isolation.kubectl !== 'jail') return t.skip('this machine has no namespaces to build a jail from');
  const folder = mkdtempSync(join(tmpdir(), 'trueup-secret-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const secret = join(folder, 'secret.yaml');
  writeFileSync(secret, configMap('secret'));
  const server = createServer((_, response) => response.end(configMap('remote'))).listen(0, '127.0.0.1');
  t.after(() => server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  for (const target of [
    secret,
    '/etc/hostname',
    `/proc/${process.pid}/environ`,
    '/proc/self/environ',
    `http://127.0.0.1:${port}/x.yaml`,
  ]) {
    const result = await runInJail(['label', '--local', '-f', target, 'a=b', '-o', 'yaml']);
    equal(result.exitCode, 1, `${target} was read: ${result.stdout}`);
  }
});

test('a program in the jail is nobody and can write only to its own home', async (t) => {
  if (isolation.kubectl !== 'jail' || !isRoot()) return t.skip('only root becomes nobody');
  const result = await runInJail(['config', 'set-cluster', 'x', '--kubeconfig', '/repository/config']);
  match(result.stderr, /permission denied/);
});

test('a program that nobody watches any more ends when its processor time is used up', async () => {
  const [program = '', ...args] = confine(
    { isolation: 'none', root: '/', cwd: '/', program: '/bin/sh', args: ['-c', 'while :; do :; done'] },
    { memoryBytes: 1024 ** 3, timeoutMs: 1 },
  );
  const child = spawn(program, args, { stdio: 'ignore' });
  const [code, signal] = await once(child, 'exit');
  ok(code !== 0 || signal !== null);
});

async function runInJail(args: string[]) {
  const workspace = await openWorkspace({ isolation: 'jail', program: tools.kubectl });
  try {
    const { root, program, env } = workspace;
    const command = confine(
      { isolation: 'jail', root, cwd: '/repository', program, args },
      { memoryBytes: 3 * 1024 ** 3, timeoutMs: limits.timeoutMs },
    );
    return await runTool({ command, cwd: root, env, tool: 'kubectl', path: '.', ...limits });
  } finally {
    await workspace.remove();
  }
}

function leftovers(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('trueup-render-'));
}
