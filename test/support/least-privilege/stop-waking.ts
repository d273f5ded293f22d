/** Stops the queue and the clock of an installation, so that its functions run only when they are invoked. */
import { Sha256 } from '@aws-crypto/sha256-js';
import { LambdaClient, ListEventSourceMappingsCommand, UpdateEventSourceMappingCommand } from '@aws-sdk/client-lambda';
import { SignatureV4 } from '@smithy/signature-v4';
import type { VerifySetting } from '../../../infra/aws/verify/verify-setting.ts';
import type { Installation } from './open-installation.ts';

export async function stopWaking({ setting, resources }: Installation): Promise<void> {
  const lambda = new LambdaClient({ region: setting.region, ...setting.aws });
  const { EventSourceMappings = [] } = await lambda.send(new ListEventSourceMappingsCommand({}));
  for (const { UUID } of EventSourceMappings) {
    await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: false }));
  }
  lambda.destroy();
  for (const [id, name] of resources) if (/^[A-Z][a-z]+EventsRule/.test(id)) await disableRule(name, setting);
}

/** One request by hand, which spares a client of its own. */
async function disableRule(name: string, { region, aws }: VerifySetting): Promise<void> {
  const { endpoint, credentials } = aws;
  if (endpoint === undefined || credentials === undefined)
    throw new TypeError('rules are only disabled on the local AWS');
  const { hostname, port, host } = new URL(endpoint);
  const body = JSON.stringify({ Name: name.split('/').at(-1) });
  const signer = new SignatureV4({ service: 'events', region, credentials, sha256: Sha256 });
  const { headers } = await signer.sign({
    method: 'POST',
    protocol: 'http:',
    hostname,
    port: Number(port),
    path: '/',
    headers: { host, 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AWSEvents.DisableRule' },
    body,
  });
  const answer = await fetch(endpoint, { method: 'POST', headers, body });
  if (!answer.ok) throw new Error(`${name} was not disabled: ${answer.status} ${await answer.text()}`);
}
