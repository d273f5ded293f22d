/** The policy of a function's role, read and changed, and the function made to forget what it could do before. */
import { GetRolePolicyCommand, IAMClient, ListRolePoliciesCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { physicalId } from './invoke.ts';
import type { Installation } from './open-installation.ts';
import { type PolicyDocument, policyDocument } from './take-away.ts';

export type RolePolicy = {
  document: PolicyDocument;
  /** From the next invocation on, which begins with a new process. */
  replace(document: PolicyDocument): Promise<void>;
};

/** `name`: of the function. Its role has one policy of its own, or this throws. */
export async function openRolePolicy(installation: Installation, name: string): Promise<RolePolicy> {
  const { region, aws } = installation.setting;
  const where = { region, ...aws };
  const [iam, lambda] = [new IAMClient(where), new LambdaClient(where)];
  const RoleName = physicalId(installation, name, 'Role');
  const FunctionName = physicalId(installation, name, 'LambdaFunction');
  const { PolicyNames: [PolicyName, ...more] = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  if (more.length > 0) throw new Error(`the role of ${name} has more than one policy`);
  const { PolicyDocument = '' } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
  const { MemorySize } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  return {
    document: policyDocument.parse(JSON.parse(decodeURIComponent(PolicyDocument))),
    async replace(document) {
      await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: JSON.stringify(document) }));
      // What a warm function remembers, secrets for one, it may go on using; a setting that is set again ends it.
      await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, MemorySize }));
    },
  };
}
