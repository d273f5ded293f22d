/** A fresh folder for one rendering: plain files, nobody else's business, gone afterwards. */
import { chmod, chown, constants, copyFile, link, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { PlainFiles } from '../../core/render/resolve-links.ts';
import { type Isolation, isRoot, nobody } from './isolation.ts';

export type Workspace = {
  /** The folder, as this process sees it. */
  root: string;
  /** The folder, the program and the repository, as the tool sees them. */
  seen: { root: string; source: string };
  program: string;
  env: Record<string, string>;
  /** Writes files below the repository's root. */
  write(files: PlainFiles): Promise<void>;
  remove(): Promise<void>;
};

/** `folder`: where it is made, instead of the system's temporary folder. */
export type WorkspaceOptions = { isolation: Isolation; program: string; folder?: string };

/** The outer folder is closed to others (0700); in it only `home` can be written by the tool. */
export async function openWorkspace({ folder = tmpdir(), ...options }: WorkspaceOptions): Promise<Workspace> {
  const outer = await mkdtemp(join(folder, 'trueup-render-'));
  const remove = () => rm(outer, { recursive: true, force: true });
  try {
    const root = join(outer, 'root');
    await makeOpen(join(root, 'repository'));
    await makeOpen(join(root, 'home'), 0o777);
    const jailed = options.isolation === 'jail';
    // Another user may not even get to where the program lies: root's home is closed to it.
    const brought = options.isolation !== 'none';
    if (brought) await bringProgram(options.program, join(root, 'bin'));
    if (options.isolation === 'user') await chown(outer, nobody, nobody);
    const seenRoot = jailed ? '' : root;
    return {
      root,
      seen: { root: seenRoot || '/', source: `${seenRoot}/repository` },
      program: brought ? `${seenRoot}/bin/${basename(options.program)}` : options.program,
      env: { HOME: `${seenRoot}/home`, TMPDIR: `${seenRoot}/home` },
      write: (files) => writeFiles(join(root, 'repository'), files),
      remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function writeFiles(folder: string, files: PlainFiles): Promise<void> {
  const made = new Set<string>();
  for (const [path, { bytes }] of files) {
    const target = join(folder, path);
    const parent = dirname(target);
    if (!made.has(parent)) await mkdir(parent, { recursive: true, mode: 0o755 });
    made.add(parent);
    await writeFile(target, bytes, { mode: 0o644 });
  }
}

/** The umask does not decide who may look into the tool's own folders. */
async function makeOpen(folder: string, mode = 0o755): Promise<void> {
  await mkdir(folder, { recursive: true });
  await chmod(folder, mode);
  await chmod(dirname(folder), 0o755);
}

/** A chroot sees nothing outside. A link costs nothing; it is only for root, as the jailed user could write to its own. */
async function bringProgram(program: string, folder: string): Promise<void> {
  await makeOpen(folder);
  const target = join(folder, basename(program));
  const linked = isRoot() && (await link(program, target).then(returnTrue, returnFalse));
  if (linked) return;
  await copyFile(program, target, constants.COPYFILE_FICLONE);
  await chmod(target, 0o755);
}

const returnTrue = () => true;
const returnFalse = () => false;
