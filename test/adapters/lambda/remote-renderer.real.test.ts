/** The remote renderer over the render function in this process, with the real kubectl and helm: one renderer like any other. */
import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { render } from '../../../functions/render/render.ts';
import { findTools } from '../../../infra/local/tools.ts';
import { remoteRenderer } from '../../../lib/adapters/lambda/remote-renderer.ts';
import { createRenderer, type RendererOptions } from '../../../lib/adapters/renderer/create-renderer.ts';
import type { Isolation } from '../../../lib/adapters/renderer/isolation.ts';
import type { Renderer } from '../../../lib/ports/renderer.ts';
import { rendererContract, renderRequest } from '../../contracts/renderer.contract.ts';
import { lambdaContext } from '../../functions/lambda-events.ts';
import { openHttpScratch } from '../../support/http-scratch.ts';
import { silentLog } from '../../support/silent-log.ts';
import { configMap } from '../../support/source-files.ts';

const tools = await findTools();
const scratch = await openHttpScratch();
const folder = mkdtempSync(join(tmpdir(), 'trueup-remote-'));
const programs = mkdtempSync(join(tmpdir(), 'trueup-programs-'));
after(async () => {
  await scratch.close();
  for (const made of [folder, programs]) rmSync(made, { recursive: true });
});

const limits = { timeoutMs: 60_000, maxOutputBytes: 1024 * 1024 };

/** As it is in Lambda: no root, no namespaces. */
const inLambda: Isolation = 'none';

rendererContract('remote', () => openRemote({ ...tools, isolation: inLambda }));

test('the remote renderer left nothing in the scratch place nor in the folder', async () => {
  await openRemote({ ...tools, isolation: inLambda }).render(renderRequest({ 'app/a.yaml': configMap('a') }, {}));
  deepEqual([scratch.objects.size, readdirSync(folder)], [0, []]);
});

test('the remote renderer takes a tool that does not end as the local one does', async () => {
  const kubectl = script('endless', 'while :; do :; done');
  const remote = openRemote({ ...tools, kubectl, isolation: inLambda }, { timeoutMs: 500 });
  await rejects(remote.render(renderRequest({ 'app/kustomization.yaml': 'namePrefix: a-\n' }, {})), {
    code: 'render.timed_out',
  });
});

test('the remote renderer says that the layer of tools is missing', async () => {
  const remote = openRemote({ ...tools, helm: '/opt/helm/no-such-helm', isolation: inLambda });
  const chart = { 'app/Chart.yaml': 'apiVersion: v2\nname: a\nversion: 1.0.0\n' };
  await rejects(remote.render(renderRequest(chart, {})), { code: 'render.tool_missing' });
});

for (const { tool, texts } of [
  { tool: 'kubectl', texts: { 'app/kustomization.yaml': 'resources: [a.yaml]\n', 'app/a.yaml': configMap('a') } },
  { tool: 'helm', texts: { 'app/Chart.yaml': 'apiVersion: v2\nname: a\nversion: 1.0.0\n' } },
] as const) {
  test(`the credentials of the function never reach ${tool}`, async (t) => {
    const secrets = { AWS_ACCESS_KEY_ID: 'AKIA-test', AWS_SECRET_ACCESS_KEY: 'test', AWS_SESSION_TOKEN: 'test' };
    Object.assign(process.env, secrets);
    t.after(() => {
      for (const name of Object.keys(secrets)) Reflect.deleteProperty(process.env, name);
    });
    const spy = script(`spy-${tool}`, `${manifestOf('env')}; env | sed 's/.*/  "&": x/'`);
    const remote = openRemote({ ...tools, [tool]: spy, isolation: inLambda });
    const { manifests } = await remote.render(renderRequest(texts, {}));
    const [env] = manifests.map(({ object }) => Object.keys(Object(object.data)));
    // What the shell itself puts there comes on top of the two of the workspace.
    deepEqual(
      env
        ?.map((line) => line.split('=')[0])
        .filter((name) => !['PWD', 'SHLVL', '_', 'OLDPWD'].includes(name ?? ''))
        .sort(),
      ['HOME', 'TMPDIR'],
    );
    ok(
      env?.some((line) => line.startsWith(`HOME=${folder}/trueup-render-`)),
      'its home lies in the folder that is wiped',
    );
    equal(JSON.stringify(manifests).includes('AKIA-test'), false);
  });
}

function openRemote(options: RendererOptions, over: Partial<typeof limits> = {}): Renderer {
  const handler = render({
    rendererFor: (limits) => createRenderer({ ...options, limits, folder }),
    folder,
    place: { region: 'eu-west-1', local: true },
    log: silentLog,
  });
  let renders = 0;
  return remoteRenderer({
    async invoke(payload) {
      const event: unknown = JSON.parse(Buffer.from(payload).toString());
      return Buffer.from(JSON.stringify(await handler(event, lambdaContext)));
    },
    scratch,
    limits: { ...limits, ...over },
    newId: () => String(++renders),
    log: silentLog,
  });
}

function script(name: string, body: string): string {
  const path = join(programs, name);
  writeFileSync(path, `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  return path;
}

function manifestOf(name: string): string {
  return `printf 'apiVersion: v1\\nkind: ConfigMap\\nmetadata: {name: ${name}}\\ndata:\\n'`;
}
