/** An HTTP server that answers for EKS and STS as the test says, and clients that lead to it. */
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import type { TestContext } from 'node:test';
import { type AwsClients, openAwsClients } from '../../../lib/adapters/eks/aws-clients.ts';

export type Asked = {
  action: string;
  /** Of EKS: in the path. */
  cluster: string;
  parameters: Record<string, string>;
  accessKeyId: string;
};

export type Answer = { json: unknown } | { xml: string } | { error: string; message?: string; status?: number };

export type AwsDouble = { clients: AwsClients; asked: Asked[]; actions(): string[] };

export const now = Date.UTC(2026, 4, 1, 12);
export const pem = '-----BEGIN CERTIFICATE-----\nshop\n-----END CERTIFICATE-----\n';

export async function awsDouble(t: TestContext, answer: (asked: Asked) => Answer): Promise<AwsDouble> {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://double');
    const body = await text(request);
    const parameters = Object.fromEntries(pathname === '/' ? new URLSearchParams(body) : searchParams);
    const [, , cluster = ''] = pathname.split('/');
    const action = pathname === '/' ? parameters.Action : cluster === '' ? 'ListClusters' : 'DescribeCluster';
    const accessKeyId = /Credential=(\w+)/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const one: Asked = { action: action ?? '', cluster, parameters, accessKeyId };
    asked.push(one);
    const said = answer(one);
    if ('json' in said) response.writeHead(200).end(JSON.stringify(said.json));
    else if ('xml' in said) response.writeHead(200, { 'content-type': 'text/xml' }).end(said.xml);
    else {
      const { error, message = 'no', status = 400 } = said;
      const xml = `<ErrorResponse><Error><Type>Sender</Type><Code>${error}</Code><Message>${message}</Message></Error></ErrorResponse>`;
      response
        .writeHead(status, { 'x-amzn-errortype': error })
        .end(pathname === '/' ? xml : JSON.stringify({ message }));
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : '';
  const credentials = { accessKeyId: 'AKIDOWN', secretAccessKey: 'own' };
  const clients = openAwsClients({ endpoint: `http://127.0.0.1:${port}`, credentials });
  return { clients, asked, actions: () => asked.map(({ action }) => action) };
}

/** Of DescribeCluster. */
export function cluster(over: Record<string, unknown> = {}): Answer {
  const name = typeof over.name === 'string' ? over.name : 'shop';
  return {
    json: {
      cluster: {
        name,
        arn: `arn:aws:eks:eu-west-1:111122223333:cluster/${name}`,
        status: 'ACTIVE',
        version: '1.36',
        endpoint: `https://${name}.eks.example.com`,
        certificateAuthority: { data: Buffer.from(pem).toString('base64') },
        accessConfig: { authenticationMode: 'API' },
        resourcesVpcConfig: { endpointPublicAccess: true },
        tags: {},
        ...over,
      },
    },
  };
}

/** Of AssumeRole. */
export function assumed(accessKeyId: string, expiresAt: number): Answer {
  const expiration = new Date(expiresAt).toISOString();
  return {
    xml: `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>session+/=</SessionToken><Expiration>${expiration}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
  };
}

/** Of GetCallerIdentity. */
export function identity(arn: string): Answer {
  return {
    xml: `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>${arn}</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>`,
  };
}
