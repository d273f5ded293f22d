/** `npm run package`: bundles the functions, makes the CloudFormation template, and has it judged by cfn-lint. */
import { fileURLToPath } from 'node:url';
import { lintTemplate } from './aws/lint-template.ts';
import { runProgram } from './aws/run-program.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const template = `${root}.serverless/cloudformation-template-update-stack.json`;

console.log('Packaging the functions …');
await runProgram(`${root}node_modules/.bin/osls`, ['package'], { cwd: root });
const verdict = await lintTemplate(template);
console.log(verdict.message);
process.exitCode = verdict.accepted ? 0 : 1;
