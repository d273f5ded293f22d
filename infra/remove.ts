/** `npm run remove -- --stage prod`: deletes the stack with all that Trueup knows, and asks AWS whether anything is left. */
import { createInterface } from 'node:readline/promises';
import { findStack } from '../lib/adapters/cloudformation/find-stack.ts';
import { Fault } from '../lib/core/fault/fault.ts';
import { withAws } from './aws/aws-session.ts';
import { stackName } from './aws/check-deployable.ts';
import { readRemoveOptions } from './aws/deploy-options.ts';
import { findLeftovers, removeRemains } from './aws/find-leftovers.ts';
import { readRegion } from './aws/read-region.ts';
import { removeStack } from './aws/remove-stack.ts';
import { runCommand } from './aws/run-command.ts';

await runCommand(async () => {
  const { stage, yes, ...where } = readRemoveOptions(process.argv.slice(2));
  const name = stackName(stage);
  const region = await readRegion(where);
  await withAws(region, async (aws) => {
    const stack = await findStack(aws.cloudFormation, name);
    if (stack === null && (await findLeftovers(stage, aws)).ours.length === 0) {
      console.log(`There is nothing of ${name} in ${region} of account ${aws.account}.`);
      return;
    }
    console.log(
      `${name} in ${region} of account ${aws.account}: its table with the record of all changes, its buckets, its installation key. Clusters and repositories stay as they are.`,
    );
    if (!yes) await confirm(name);
    const kept = stack === null ? [] : await removeStack({ name, stack }, aws, (line) => console.log(line));
    await removeRemains(stage, aws);
    const { ours: found, theirs } = await findLeftovers(stage, aws);
    const ours = [...kept, ...found];
    console.log(ours.length === 0 ? `Nothing of ${name} is left.` : `Still there:\n${ours.map(indent).join('\n')}`);
    if (theirs.length > 0) console.log(`Yours, and left alone:\n${theirs.map(indent).join('\n')}`);
    if (ours.length > 0) process.exitCode = 1;
  });
});

/** Fault deploy.not_confirmed. */
async function confirm(name: string): Promise<void> {
  if (!process.stdin.isTTY) throw new Fault('deploy.not_confirmed', { stack: name });
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const typed = await terminal.question(`Type ${name} to delete all of it: `);
  terminal.close();
  if (typed.trim() !== name) throw new Fault('deploy.not_confirmed', { stack: name });
}

function indent(line: string): string {
  return `  ${line}`;
}
