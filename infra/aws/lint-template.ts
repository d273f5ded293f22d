/** Has a CloudFormation template judged by cfn-lint, which is kept in a Python environment of its own in the cache folder. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Fault } from '../../lib/core/fault/fault.ts';
import { installPythonTool } from '../local/aws/python-tools.ts';

export type Verdict = { accepted: boolean; message: string };

const cfnLint = { name: 'cfn-lint', version: '1.58.0', packages: ['cfn-lint==1.58.0'] };
/** osls itself writes DependsOn where a reference says the same already. */
const ignored = 'W3005';
const run = promisify(execFile);

export async function lintTemplate(template: string): Promise<Verdict> {
  const programs = await installPythonTool(cfnLint).catch(toMessage);
  if (programs instanceof Fault)
    return { accepted: true, message: `The template was not checked: ${programs.message}` };
  try {
    await run(join(programs, 'cfn-lint'), ['--ignore-checks', ignored, '--', template]);
    return { accepted: true, message: `cfn-lint ${cfnLint.version} accepts ${template}` };
  } catch (error) {
    const said = error instanceof Error && 'stdout' in error ? String(error.stdout) : '';
    return { accepted: false, message: said || String(error) };
  }
}

/** A machine without Python may still package; one where the installation failed should say so. */
function toMessage(error: unknown): Fault {
  if (error instanceof Fault && error.code === 'local.program_missing') return error;
  throw error;
}
