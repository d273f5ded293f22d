/** Asks the real kubectl what it reads out of the golden YAML files; its answers are what the unit test compares with. */
import { deepEqual, equal, notEqual } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { findTools } from '../../../infra/local/tools.ts';

const folder = join(import.meta.dirname, '../../golden/yaml');
const { kubectl } = await findTools();

for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml'))) {
  test(`kubectl answers for ${file} what was written down`, () => {
    const { status, objects } = askKubectl(join(folder, file));
    if (file.endsWith('.refused.yaml')) {
      notEqual(status, 0);
      return;
    }
    equal(status, 0);
    if (!file.endsWith('.same.yaml')) return;
    const kept = join(folder, file.replace('.same.yaml', '.kubectl.json'));
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(kept, `${JSON.stringify(objects, null, 2)}\n`);
    deepEqual(objects, JSON.parse(readFileSync(kept, 'utf8')));
  });
}

/** `label --local` reads and prints without asking a server. */
function askKubectl(path: string): { status: number | null; objects: unknown[] } {
  const args = ['label', '--local', '-f', path, 'golden=yes', '-o', 'json'];
  const { status, stdout } = spawnSync(kubectl, args, { env: { HOME: tmpdir() }, encoding: 'utf8', timeout: 20_000 });
  const printed = stdout.trim() === '' ? [] : stdout.trim().split(/(?<=^\})\n(?=\{)/m);
  return { status, objects: printed.map((text) => withoutLabel(JSON.parse(text))) };
}

function withoutLabel(object: { metadata: { labels?: unknown } }): unknown {
  delete object.metadata.labels;
  return object;
}
