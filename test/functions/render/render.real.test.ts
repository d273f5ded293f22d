/** The render function as it is deployed, on the local AWS: its bundle, its own process, presigned URLs of a bucket. */
import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { CreateFunctionCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { build } from 'esbuild';
import { zipSync } from 'fflate';
import type { LocalAws } from '../../../infra/local/aws/local-aws.ts';
import { startLocalAws } from '../../../infra/local/aws/start-local-aws.ts';
import { findTools } from '../../../infra/local/tools.ts';
import { lambdaInvoke, openLambdaClient } from '../../../lib/adapters/lambda/lambda-invoke.ts';
import { remoteRenderer } from '../../../lib/adapters/lambda/remote-renderer.ts';
import { s3Scratch } from '../../../lib/adapters/s3/scratch.ts';
import type { Renderer } from '../../../lib/ports/renderer.ts';
import { rendererContract, renderRequest } from '../../contracts/renderer.contract.ts';
import { createRole } from '../../infra/local/aws/create-role.ts';
import { awsStranger } from '../../support/aws-stranger.ts';
import { silentLog } from '../../support/silent-log.ts';
import { configMap } from '../../support/source-files.ts';

const bucket = 'trueup-scratch';
const timeoutMs = 60_000;
const kustomization = { 'app/kustomization.yaml': 'resources: [a.yaml]\n', 'app/a.yaml': configMap('a') };

describe('render on the local AWS', () => {
  let aws: LocalAws;
  let s3: S3Client;
  let lambda: LambdaClient;
  let createFunction: (name: string, more?: { seconds?: number }) => Promise<void>;

  before(async () => {
    aws = await startLocalAws();
    s3 = new S3Client(aws.clientConfig);
    lambda = openLambdaClient({ ...aws.clientConfig, timeoutMs });
    await s3.send(new CreateBucketCommand({ Bucket: bucket }));
    const [role, code, tools] = [await createRole(aws.clientConfig, 'lambda'), await bundle(), await findTools()];
    createFunction = async (name, { seconds = 60 } = {}) => {
      const Variables = { TRUEUP_LOCAL_AWS: '1', TRUEUP_KUBECTL: tools.kubectl, TRUEUP_HELM: tools.helm };
      await lambda.send(
        new CreateFunctionCommand({
          FunctionName: name,
          Runtime: 'nodejs24.x',
          Handler: 'handler.handler',
          Role: role,
          Timeout: seconds,
          Environment: { Variables },
          Code: { ZipFile: code },
        }),
      );
    };
    await createFunction('render');
  });
  after(async () => {
    s3?.destroy();
    lambda?.destroy();
    await aws?.stop();
  });

  const open = (functionName = 'render', client = lambda): Renderer =>
    remoteRenderer({
      invoke: lambdaInvoke({ client, functionName, timeoutMs }),
      scratch: s3Scratch({ client: s3, bucket }),
      limits: { timeoutMs: 20_000, maxOutputBytes: 1024 * 1024 },
      newId: randomUUID,
      log: silentLog,
    });

  rendererContract('deployed', () => open());

  test('render leaves nothing in the scratch bucket', async () => {
    await open().render(renderRequest(kustomization, {}));
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket }));
    deepEqual(Contents, []);
  });

  test('render answers its self-test', async () => {
    const answer = await lambdaInvoke({ client: lambda, functionName: 'render', timeoutMs })(
      Buffer.from(JSON.stringify({ trueup: 'self-test' })),
    );
    const findings: unknown = JSON.parse(Buffer.from(answer).toString());
    ok(Array.isArray(findings) && findings.length > 0);
    ok(
      findings.every((finding) => finding.ok === true),
      JSON.stringify(findings),
    );
  });

  test('render that takes longer than its function may says so', async () => {
    await createFunction('slow', { seconds: 2 });
    const endless = {
      'app/Chart.yaml': 'apiVersion: v2\nname: a\nversion: 1.0.0\n',
      'app/templates/a.yaml': '{{ range until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}',
    };
    await rejects(open('slow').render(renderRequest(endless, {})), {
      code: 'render.timed_out',
      message: /The render function did not finish app within 2000 ms/,
    });
  });

  test('render of a function that is not there says so', async () => {
    await rejects(open('none').render(renderRequest(kustomization, {})), {
      code: 'render.remote_failed',
      message: /ResourceNotFoundException/,
    });
  });

  test('render asked by who may not invoke it names the permission', async () => {
    const client = openLambdaClient({ ...(await awsStranger(aws.clientConfig)), timeoutMs });
    await rejects(
      open('render', client).render(renderRequest(kustomization, {})),
      (fault: { code: string; message: string }) => {
        equal(fault.code, 'render.remote_denied');
        match(fault.message, /lambda:InvokeFunction on arn:aws:lambda:\S+:function:render to arn:\S+stranger/);
        return true;
      },
    );
  });
});

/** As serverless.yml has it made. */
async function bundle(): Promise<Uint8Array> {
  const { outputFiles } = await build({
    absWorkingDir: fileURLToPath(new URL('../../..', import.meta.url)),
    entryPoints: ['functions/render/handler.ts'],
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    banner: {
      js: "import { createRequire as trueupRequire } from 'node:module'; const require = trueupRequire(import.meta.url);",
    },
    write: false,
    logLevel: 'silent',
  });
  return zipSync({ 'handler.mjs': outputFiles[0]?.contents ?? new Uint8Array() });
}
