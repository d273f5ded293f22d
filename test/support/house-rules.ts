/** The rules of the house that no linter knows: who may import whom, what core must not touch, how files are named. */
import { basename, dirname, join, normalize } from 'node:path';
import { transformSync } from 'esbuild';
import { type Code, readCode } from './read-code.ts';

export type SourceFile = { path: string; text: string };

/** One sentence per broken rule, each beginning with the path. */
export function brokenRules(file: SourceFile): string[] {
  const code = readCode(file.text);
  const broken = [
    ...namesNothing(file.path),
    ...saysWhatItIsFor(file),
    ...staysSmall(file),
    ...leavesNothingUndone(file),
    ...keepsArrows(file.path, code.imports),
    ...(layerOf(file.path) === 'core' ? staysPure(code) : []),
    ...(layerOf(file.path) === 'ports' ? runsNothing(file.text) : []),
    ...(file.path.startsWith('lib/') ? readsNoEnvironment(code.bare) : []),
    ...erasesToJavaScript(code.bare),
  ];
  return broken.map((sentence) => `${file.path}: ${sentence}`);
}

const emptyNames = ['utils', 'util', 'helpers', 'helper', 'common', 'shared', 'manager', 'misc', 'base', 'impl'];

function namesNothing(path: string): string[] {
  const parts = path.split('/').map((part) => part.split('.')[0] ?? '');
  const file = basename(path);
  return [
    ...parts.filter((part) => emptyNames.includes(part)).map((part) => `the name '${part}' says nothing`),
    ...(['index.ts', 'types.ts'].includes(file)
      ? [`${file}: a type lives with its noun, and there are no barrels`]
      : []),
    ...(/^[a-z0-9.-]+$/.test(file) ? [] : ['file names are kebab-case']),
  ];
}

/** A test file's name and titles say it. */
function saysWhatItIsFor({ path, text }: SourceFile): string[] {
  if (path.endsWith('.test.ts')) return [];
  const source = text.replace(/^#!.*\n/, '');
  return /^\/\*\*\s*(\*\s*)?[^\s*]/.test(source) ? [] : ['line 1 is a doc comment that says what the file is for'];
}

const longestFile = 250;

function staysSmall({ path, text }: SourceFile): string[] {
  const lines = text.trimEnd().split('\n').length;
  return /^(lib|functions|cli|infra)\//.test(path) && lines > longestFile
    ? [`${lines} lines are more than ${longestFile}`]
    : [];
}

const undone = new RegExp(`\\b(${['TO', 'DO'].join('')}|${['FIX', 'ME'].join('')})\\b`);

function leavesNothingUndone({ text }: SourceFile): string[] {
  const found = undone.exec(text);
  return found === null ? [] : [`'${found[0]}' is an issue, not a comment`];
}

type Layer = 'core' | 'ports' | 'flow' | 'adapters' | 'functions' | 'cli' | 'web' | 'infra' | 'anywhere';

/** What may be imported besides the layer itself. */
const arrows: Record<Exclude<Layer, 'anywhere'>, readonly Layer[]> = {
  core: [],
  ports: ['core'],
  flow: ['core', 'ports'],
  adapters: ['core', 'ports'],
  functions: ['core', 'ports', 'flow', 'adapters'],
  cli: ['core', 'ports', 'flow', 'adapters', 'functions', 'infra'],
  web: ['core', 'ports', 'flow', 'adapters'],
  infra: ['core', 'adapters'],
};

/** Libraries that turn data into data, as core does; of node:path and node:crypto only some names, below. */
const pureLibraries = [
  'zod',
  '@marcbachmann/cel-js',
  're2js',
  'js-yaml',
  'semver',
  'picomatch',
  'ipaddr.js',
  'croner',
  'node:util',
  'node:path',
  'node:crypto',
];

function keepsArrows(path: string, imports: readonly string[]): string[] {
  const from = layerOf(path);
  if (from === 'anywhere') return [];
  return imports.flatMap((specifier) => {
    if (!specifier.startsWith('.')) return mayUse(from, specifier) ? [] : [`${from} must not import '${specifier}'`];
    const target = normalize(join(dirname(path), specifier));
    if (target === 'package.json' && isDoor(from)) return [];
    const to = layerOf(target);
    if (from === 'adapters' && to === 'adapters') {
      return adapterOf(path) === adapterOf(target)
        ? []
        : [`an adapter must not import another adapter, ${adapterOf(target)}`];
    }
    return to === from || arrows[from].includes(to)
      ? []
      : [`${from} must not import from ${to === 'anywhere' ? target : to}`];
  });
}

function mayUse(from: Layer, specifier: string): boolean {
  if (!['core', 'ports', 'flow'].includes(from)) return true;
  return pureLibraries.includes(specifier);
}

function isDoor(layer: Layer): boolean {
  return ['functions', 'cli', 'web'].includes(layer);
}

function layerOf(path: string): Layer {
  const inLib = /^lib\/(core|ports|flow|adapters)\//.exec(path)?.[1];
  const door = /^(functions|cli|web|infra)\//.exec(path)?.[1];
  const found = inLib ?? door;
  return isLayer(found) ? found : 'anywhere';
}

function isLayer(name: string | undefined): name is Layer {
  return name !== undefined && Object.hasOwn(arrows, name);
}

function adapterOf(path: string): string {
  return path.split('/')[2] ?? '';
}

const impure = [
  /\bprocess\s*\./,
  /\bDate\.now\b/,
  /\bnew Date\(\s*\)/,
  /(?<!new )\bDate\(\s*\)/,
  /\bMath\.random\b/,
  /\b(setTimeout|setInterval|setImmediate|queueMicrotask)\b/,
  /\bperformance\s*\./,
  /\bfetch\(/,
  /\bglobalThis\b/,
  /\bconsole\s*\./,
];

/** What is left out depends on chance or on the working directory. */
const pureNames: Record<string, readonly string[]> = {
  'node:crypto': ['createHash', 'createHmac', 'timingSafeEqual'],
  'node:path': ['basename', 'dirname', 'extname', 'isAbsolute', 'join', 'normalize', 'posix'],
};

function staysPure({ bare, named }: Code): string[] {
  const reached = impure.flatMap((pattern) => pattern.exec(bare)?.[0] ?? []);
  const taken = named
    .filter(({ from, name }) => pureNames[from]?.includes(name) === false)
    .map(({ from, name }) => `${from}'s ${name}`);
  return [...reached, ...taken].map((what) => `core decides on data alone, but uses ${what}`);
}

/** After the types are gone nothing may be left. */
function runsNothing(text: string): string[] {
  const left = transformSync(text, { loader: 'ts' }).code.trim();
  return left === '' ? [] : ['a port contains no code that runs'];
}

function readsNoEnvironment(bare: string): string[] {
  return /\bprocess\s*\.\s*env\b/.test(bare) ? ['only a door reads process.env'] : [];
}

function erasesToJavaScript(bare: string): string[] {
  return [...bare.matchAll(/^\s*(?:export\s+)?(?:const\s+|declare\s+)?(enum|namespace)\s+\w+\s*\{/gm)].map(
    ([, what]) => `no ${what}: Node runs the source as it is`,
  );
}
