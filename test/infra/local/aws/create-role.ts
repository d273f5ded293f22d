/** Makes a role that one AWS service may take on. */
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import type { ClientConfig } from '../../../../infra/local/aws/local-aws.ts';

export async function createRole(clientConfig: ClientConfig, service: 'lambda' | 'eks'): Promise<string> {
  const statement = { Effect: 'Allow', Principal: { Service: `${service}.amazonaws.com` }, Action: 'sts:AssumeRole' };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  const { Role } = await new IAMClient(clientConfig).send(
    new CreateRoleCommand({ RoleName: service, AssumeRolePolicyDocument }),
  );
  return Role?.Arn ?? '';
}
