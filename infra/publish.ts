/** `npm run publish:aws -- --bucket BUCKET [--prefix PREFIX/]`: puts what `npm run package` made where CloudFormation and Terraform can take it. */
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { Fault } from '../lib/core/fault/fault.ts';
import { withAws } from './aws/aws-session.ts';
import { runCommand } from './aws/run-command.ts';
import { root } from './aws/run-osls.ts';

const folder = join(root, 'dist', 'aws');

await runCommand(async () => {
  const { bucket, prefix, region } = readOptions(process.argv.slice(2));
  const files = await readdir(folder).catch((cause: unknown) => {
    throw new Fault('deploy.not_packaged', { path: folder }, { cause });
  });
  await withAws(region, async ({ s3 }) => {
    for (const file of files) {
      const path = join(folder, file);
      const { size } = await stat(path);
      const Key = `${prefix}${file}`;
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: createReadStream(path), ContentLength: size }));
      console.log(`s3://${bucket}/${Key}`);
    }
  });
});

function readOptions(args: readonly string[]): { bucket: string; prefix: string; region: string } {
  const options = {
    bucket: { type: 'string' },
    prefix: { type: 'string', default: '' },
    region: { type: 'string' },
  } as const;
  const { bucket, prefix, region = process.env.AWS_REGION } = parseArgs({ args: [...args], options }).values;
  if (region === undefined) throw new Fault('deploy.no_region');
  if (bucket === undefined) {
    throw new Fault('config.bad_argument', {
      argument: '--bucket',
      found: 'left out',
      allowed: 'a bucket of the region',
    });
  }
  return { bucket, prefix, region };
}
