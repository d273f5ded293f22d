/** Writes commits into a bare repository, as a person with git would: names, modes, links and bytes as given. */
import { execFileSync, spawn } from 'node:child_process';
import { git, gitEnvironment } from '../../infra/local/git-server/git.ts';

export type CommitToWrite = {
  branch?: string;
  message?: string;
  author?: string;
  /** Left out: a commit without a parent, which a branch is then forced to. */
  parent?: string;
  /** The whole tree: `{ bytes }`, `{ bytes, mode: '100755' }`, `{ bytes: TARGET, mode: '120000' }`. */
  files: Record<string, { bytes: string | Uint8Array; mode?: '100644' | '100755' | '120000' }>;
};

/** The SHA of the commit. */
export async function writeCommit(folder: string, commit: CommitToWrite): Promise<string> {
  const { branch = 'main', message = 'A commit', author = 'Ann <ann@example.com>', parent, files } = commit;
  const ref = `refs/heads/${branch}`;
  const parts: (string | Uint8Array)[] = [
    `commit ${ref}\nauthor ${author} 1700000000 +0100\ncommitter ${author} 1700003600 +0100\n`,
    ...data(message),
    parent === undefined ? '' : `from ${parent}\n`,
    'deleteall\n',
  ];
  for (const [path, { bytes, mode = '100644' }] of Object.entries(files)) {
    parts.push(`M ${mode} inline ${JSON.stringify(path)}\n`, ...data(bytes));
  }
  if (parent === undefined) await git(folder, 'update-ref', '-d', ref);
  await fastImport(folder, Buffer.concat(parts.map((part) => Buffer.from(part))));
  return (await git(folder, 'rev-parse', ref)).trim();
}

function data(bytes: string | Uint8Array): (string | Uint8Array)[] {
  return [`data ${Buffer.byteLength(bytes)}\n`, bytes, '\n'];
}

function fastImport(folder: string, input: Buffer): Promise<void> {
  const args = ['-c', 'safe.directory=*', 'fast-import', '--quiet', '--force', '--date-format=raw'];
  const child = spawn('git', args, { cwd: folder, env: gitEnvironment, stdio: ['pipe', 'ignore', 'inherit'] });
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`git fast-import ended with ${code}`))));
  });
}

/** Many refs in one go, in the words of `git update-ref --stdin`. */
export function updateRefs(folder: string, input: string): void {
  execFileSync('git', ['-c', 'safe.directory=*', 'update-ref', '--stdin'], { cwd: folder, input });
}

/** `git` itself refuses to make such a tree; an attacker writes the bytes. */
export async function writeEvilTree(folder: string, name: string): Promise<string> {
  const hash = (type: string, input: string | Buffer) =>
    execFileSync('git', ['hash-object', '--literally', '-w', '-t', type, '--stdin'], { cwd: folder, input })
      .toString()
      .trim();
  const blob = hash('blob', 'evil\n');
  const inner = hash('tree', Buffer.concat([Buffer.from('100644 config\0'), Buffer.from(blob, 'hex')]));
  const tree = hash('tree', Buffer.concat([Buffer.from(`40000 ${name}\0`), Buffer.from(inner, 'hex')]));
  const commit = hash('commit', `tree ${tree}\nauthor A <a@x.io> 1 +0000\ncommitter A <a@x.io> 1 +0000\n\nx\n`);
  await git(folder, 'update-ref', 'refs/heads/main', commit);
  return commit;
}
