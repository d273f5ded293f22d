/** Has a CloudFormation template judged by cfn-lint, which is kept in a Python environment of its own in the cache folder. */
import { execFile } from 'node:child_process';
import { access, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from '../local/cache-folder.ts';
import { withLock } from '../local/lock.ts';

export type Verdict = { accepted: boolean; message: string };

const version = '1.58.0';
/** osls itself writes DependsOn where a reference says the same already. */
const ignored = 'W3005';
const run = promisify(execFile);

export async function lintTemplate(template: string): Promise<Verdict> {
  if (!(await works('python3', ['--version']))) {
    return {
      accepted: true,
      message: 'The template was made but not checked: cfn-lint needs python3, which is not here.',
    };
  }
  const lint = await installLint();
  try {
    await run(lint, ['--ignore-checks', ignored, '--', template]);
    return { accepted: true, message: `cfn-lint ${version} accepts ${template}` };
  } catch (error) {
    const said = error instanceof Error && 'stdout' in error ? String(error.stdout) : '';
    return { accepted: false, message: said || String(error) };
  }
}

/** The program, once it has run: a half-made environment is made anew. */
async function installLint(): Promise<string> {
  const folder = join(cacheFolder(), 'tools', `cfn-lint-${version}`);
  const lint = join(folder, 'bin', 'cfn-lint');
  const done = join(folder, 'installed');
  await withLock(`${folder}.lock`, async () => {
    if (await exists(done)) return;
    console.log(`Installing cfn-lint ${version} (once, about a minute) …`);
    await rm(folder, { recursive: true, force: true });
    await run('python3', ['-m', 'venv', folder]);
    await run(join(folder, 'bin', 'pip'), [
      'install',
      '--quiet',
      '--disable-pip-version-check',
      `cfn-lint==${version}`,
    ]);
    await run(lint, ['--version']);
    await writeFile(done, '');
  });
  return lint;
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function works(program: string, args: readonly string[]): Promise<boolean> {
  return run(program, args).then(
    () => true,
    () => false,
  );
}
