/** What the render function works with: the programs of its layer and a temporary folder of its own. No client of AWS. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jsonLog } from '../../lib/adapters/log/json-log.ts';
import { createRenderer } from '../../lib/adapters/renderer/create-renderer.ts';
import type { Renderer } from '../../lib/ports/renderer.ts';
import type { Env } from '../wire/read-setting.ts';
import type { RenderParts } from './render.ts';

/** Where AWS's layer of kubectl and helm unpacks them. */
const layer = { kubectl: '/opt/kubectl/kubectl', helm: '/opt/helm/helm' };

/** `TRUEUP_LOCAL_AWS=1`: S3 is on this machine, and so is everybody else's temporary folder. */
export function wire(env: Env): RenderParts {
  const tools = { kubectl: env.TRUEUP_KUBECTL || layer.kubectl, helm: env.TRUEUP_HELM || layer.helm };
  const local = env.TRUEUP_LOCAL_AWS === '1';
  const folder = local ? mkdtempSync(join(tmpdir(), 'trueup-render-function-')) : tmpdir();
  // A renderer finds out once how far it can lock its tools away. In Lambda that is `none`: no root, no namespaces.
  const renderers = new Map<string, Renderer>();
  return {
    rendererFor(limits) {
      const name = JSON.stringify(limits);
      const renderer = renderers.get(name) ?? createRenderer({ ...tools, limits, folder });
      renderers.set(name, renderer);
      return renderer;
    },
    folder,
    place: { region: env.AWS_REGION ?? '', local },
    log: jsonLog((line) => process.stdout.write(line), Date.now),
  };
}
