/** Tools from PyPI are installed once, also by two at the same time, and a half-made installation is made anew. */
import { deepEqual, equal, match } from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { tempFolder } from '../../../support/temp-folder.ts';

const program = fileURLToPath(new URL('install-tool.ts', import.meta.url));

async function install(cache: string, options: { version?: string; path?: string } = {}) {
  const { version = '1.17.0', path = process.env.PATH } = options;
  const env = { ...process.env, TRUEUP_CACHE: cache, PATH: path };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [program, version], { env });
  return { said: stdout.trim(), installed: stderr.includes('Installing') };
}

function versionIn(programs: string): string {
  return execFileSync(join(programs, 'python'), ['-c', 'import six; print(six.__version__)'], {
    encoding: 'utf8',
  }).trim();
}

test('python-tools install once, whoever comes first', async (t) => {
  const cache = tempFolder(t);
  const programs = join(cache, 'tools', 'six-1.17.0', 'bin');
  mkdirSync(programs, { recursive: true });
  writeFileSync(join(programs, 'python'), 'half of a Python');

  const both = await Promise.all([install(cache), install(cache)]);
  deepEqual(
    both.map(({ said }) => said),
    [programs, programs],
  );
  equal(both.filter(({ installed }) => installed).length, 1);
  equal(versionIn(programs), '1.17.0');

  const before = statSync(join(programs, 'python')).ctimeMs;
  deepEqual(await install(cache), { said: programs, installed: false });
  equal(statSync(join(programs, 'python')).ctimeMs, before);

  rmSync(join(programs, 'python'));
  deepEqual(await install(cache), { said: programs, installed: true });
  equal(versionIn(programs), '1.17.0');
});

test('python-tools say what is missing', async (t) => {
  const path = tempFolder(t);
  symlinkSync('/bin/sh', join(path, 'sh'));
  const { said } = await install(tempFolder(t), { path });
  match(said, /^local\.program_missing: python3 is not on this machine, and six needs it .*Install Python 3/);
});

test('python-tools say what could not be installed, and leave nothing that looks installed', async (t) => {
  const cache = tempFolder(t);
  const { said } = await install(cache, { version: '0.0.999' });
  match(said, /^local\.install_failed: six could not be installed: [\s\S]*six==0\.0\.999/);
  equal(existsSync(join(cache, 'tools', 'six-0.0.999', 'installed')), false);
});
