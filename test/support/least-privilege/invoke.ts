/** Invokes a function of an installation and gives its answer. */
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Installation } from './open-installation.ts';

type Deployed = Pick<Installation, 'setting' | 'resources'>;

/** `answer`: JSON; of a function that failed, what Lambda tells of its error. `name`: its short name. */
export async function invoke(
  installation: Deployed,
  name: string,
  event: object,
): Promise<{ failed: boolean; answer: unknown }> {
  const { region, aws } = installation.setting;
  const lambda = new LambdaClient({ region, ...aws });
  const FunctionName = physicalId(installation, name, 'LambdaFunction');
  const { FunctionError, Payload = new Uint8Array() } = await lambda.send(
    new InvokeCommand({ FunctionName, Payload: JSON.stringify(event) }),
  );
  lambda.destroy();
  return { failed: FunctionError !== undefined, answer: JSON.parse(new TextDecoder().decode(Payload)) };
}

/** The stack calls what belongs to `sync` SyncRole, SyncLambdaFunction. */
export function physicalId({ resources }: Pick<Deployed, 'resources'>, name: string, part: string): string {
  const id = `${name[0]?.toUpperCase()}${name.slice(1)}${part}`;
  const found = resources.get(id);
  if (found === undefined) throw new Error(`the stack has no ${id}`);
  return found;
}
