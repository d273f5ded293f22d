/** Keeps the house as DESIGN section 4 draws it, and shows that the checker would notice if it were not. */
import { deepEqual, match } from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { brokenRules } from './support/house-rules.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const rooms = ['lib', 'functions', 'cli', 'web', 'infra', 'test', 'bench', 'docs', 'bin'];

test('house-rules every source file keeps them', () => {
  deepEqual(
    sourceFiles().flatMap((path) => brokenRules({ path, text: readFileSync(join(root, path), 'utf8') })),
    [],
  );
});

function sourceFiles(): string[] {
  return rooms
    .map((room) => join(root, room))
    .filter((room) => existsSync(room))
    .flatMap((room) => readdirSync(room, { recursive: true, encoding: 'utf8' }).map((path) => join(room, path)))
    .filter((path) => /\.(ts|mjs)$/.test(path) && !path.includes('node_modules'))
    .map((path) => relative(root, path));
}

const line1 = '/** Says what it is for. */\n';

for (const { it, path, text, says } of [
  {
    it: 'core that imports a port',
    path: 'lib/core/plan/a.ts',
    text: "import type { Log } from '../../ports/log.ts';",
    says: /core must not import from ports/,
  },
  {
    it: 'core that reads files',
    path: 'lib/core/a/a.ts',
    text: "import { readFile } from 'node:fs/promises';",
    says: /core must not import 'node:fs\/promises'/,
  },
  {
    it: 'core that loads an SDK when it runs',
    path: 'lib/core/a/a.ts',
    text: "const a = await import('undici');",
    says: /core must not import 'undici'/,
  },
  {
    it: 'core that exports again from an adapter',
    path: 'lib/core/a/a.ts',
    text: "export { a } from '../../adapters/git/a.ts';",
    says: /core must not import from adapters/,
  },
  {
    it: 'core that asks what time it is',
    path: 'lib/core/a/a.ts',
    text: 'const now = new Date();',
    says: /uses new Date\(\)/,
  },
  {
    it: 'core that asks for milliseconds',
    path: 'lib/core/a/a.ts',
    text: 'const now = Date.now();',
    says: /uses Date\.now/,
  },
  {
    it: 'core that asks for the time in a template',
    path: 'lib/core/a/a.ts',
    text: ['const now = `at $', '{Date.now()}`;'].join(''),
    says: /uses Date\.now/,
  },
  { it: 'core that throws dice', path: 'lib/core/a/a.ts', text: 'const a = Math.random();', says: /uses Math\.random/ },
  {
    it: 'core that draws random bytes',
    path: 'lib/core/a/a.ts',
    text: "import { createHash, randomBytes } from 'node:crypto';",
    says: /uses node:crypto's randomBytes/,
  },
  {
    it: 'core that resolves paths where it happens to run',
    path: 'lib/core/a/a.ts',
    text: "import { join, resolve } from 'node:path';",
    says: /uses node:path's resolve/,
  },
  { it: 'core that waits', path: 'lib/core/a/a.ts', text: 'setTimeout(() => {}, 1);', says: /uses setTimeout/ },
  {
    it: 'core that reads the environment',
    path: 'lib/core/a/a.ts',
    text: 'const a = process.env.A;',
    says: /uses process\./,
  },
  {
    it: 'a flow that imports an adapter',
    path: 'lib/flow/a.ts',
    text: "import { a } from '../adapters/git/a.ts';",
    says: /flow must not import from adapters/,
  },
  {
    it: 'a flow that imports an SDK',
    path: 'lib/flow/a.ts',
    text: "import { request } from 'undici';",
    says: /flow must not import 'undici'/,
  },
  {
    it: 'an adapter that imports another one',
    path: 'lib/adapters/github/a.ts',
    text: "import { a } from '../gitlab/a.ts';",
    says: /another adapter, gitlab/,
  },
  {
    it: 'an adapter that imports a flow',
    path: 'lib/adapters/github/a.ts',
    text: "import { a } from '../../flow/a.ts';",
    says: /adapters must not import from flow/,
  },
  {
    it: 'an adapter that reads the environment',
    path: 'lib/adapters/github/a.ts',
    text: 'const a = process.env.TOKEN;',
    says: /only a door reads process\.env/,
  },
  { it: 'a port with code', path: 'lib/ports/a.ts', text: 'export const limit = 3;', says: /no code that runs/ },
  {
    it: 'a port that imports a value',
    path: 'lib/ports/a.ts',
    text: "import '../core/a/a.ts';",
    says: /no code that runs/,
  },
  {
    it: 'a function that imports the CLI',
    path: 'functions/sync/a.ts',
    text: "import { a } from '../../cli/a.ts';",
    says: /functions must not import from cli/,
  },
  {
    it: 'a library that imports a test',
    path: 'lib/flow/a.ts',
    text: "import { a } from '../../test/a.ts';",
    says: /flow must not import from test\/a\.ts/,
  },
  { it: 'a file named utils', path: 'lib/core/a/utils.ts', text: '', says: /'utils' says nothing/ },
  { it: 'a folder named shared', path: 'cli/shared/a.ts', text: '', says: /'shared' says nothing/ },
  { it: 'a barrel', path: 'lib/core/a/index.ts', text: '', says: /index\.ts/ },
  { it: 'a file in camelCase', path: 'lib/core/a/planChanges.ts', text: '', says: /kebab-case/ },
  { it: 'an enum', path: 'cli/a.ts', text: 'export enum Colour { Red }', says: /no enum/ },
  { it: 'a namespace', path: 'cli/a.ts', text: 'namespace A { }', says: /no namespace/ },
  { it: 'a file that is too long', path: 'cli/a.ts', text: 'a();\n'.repeat(250), says: /251 lines are more than 250/ },
  {
    it: 'a promise to do it later',
    path: 'cli/a.ts',
    text: `// ${['TO', 'DO'].join('')}: later`,
    says: /is an issue, not a comment/,
  },
]) {
  test(`house-rules notice ${it}`, () => {
    const found = brokenRules({ path, text: line1 + text });
    match(found.join('\n'), says);
  });
}

test('house-rules notice a file that does not say what it is for', () => {
  match(brokenRules({ path: 'cli/a.ts', text: 'export const a = 1;' }).join('\n'), /line 1 is a doc comment/);
});

for (const { it, path, text } of [
  {
    it: 'a comment that speaks of the clock',
    path: 'lib/core/a/a.ts',
    text: '// Date.now() would be a clock\n/* process.env too */',
  },
  { it: 'a hint that quotes code', path: 'lib/core/a/a.ts', text: "const hint = 'use process.env, not Date.now()';" },
  {
    it: 'a regular expression with a quote in it',
    path: 'lib/core/a/a.ts',
    text: "const a = b.replaceAll(/['`]/g, ''); const c = 'Math.random';",
  },
  { it: 'a date made from data', path: 'lib/core/a/a.ts', text: 'const at = new Date(now);' },
  { it: 'a hash in core', path: 'lib/core/a/a.ts', text: "import { createHash } from 'node:crypto';" },
  {
    it: 'an adapter that imports its neighbours',
    path: 'lib/adapters/git/a.ts',
    text: "import { b } from './b.ts';\nimport { log } from '../../ports/log.ts';",
  },
  {
    it: 'a port made of types',
    path: 'lib/ports/a.ts',
    text: "import type { B } from '../core/b.ts';\nexport type A = B;\nexport interface C { c(): void }",
  },
  { it: 'a door that reads its environment', path: 'functions/sync/wire.ts', text: 'const table = process.env.TABLE;' },
  { it: 'a script', path: 'bin/a.mjs', text: '' },
]) {
  test(`house-rules allow ${it}`, () => deepEqual(brokenRules({ path, text: line1 + text }), []));
}

test('house-rules allow a doc comment of several lines', () => {
  deepEqual(brokenRules({ path: 'cli/a.ts', text: '/**\n * Says what it is for.\n */\n' }), []);
});

test('house-rules allow a script whose first line names its interpreter', () => {
  deepEqual(brokenRules({ path: 'bin/a.mjs', text: `#!/usr/bin/env node\n${line1}` }), []);
});
