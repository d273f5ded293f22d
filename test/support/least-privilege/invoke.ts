/** Invokes a function of an installation and gives its answer. */
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Installation } from './open-installation.ts';

/** `answer`: JSON; of a function that failed, what Lambda tells of its error. */
export async function invoke(
  { setting, resources }: Pick<Installation, 'setting' | 'resources'>,
  name: string,
  event: object,
): Promise<{ failed: boolean; answer: unknown }> {
  const lambda = new LambdaClient({ region: setting.region, ...setting.aws });
  const FunctionName = resources.get(`${name[0]?.toUpperCase()}${name.slice(1)}LambdaFunction`);
  const { FunctionError, Payload = new Uint8Array() } = await lambda.send(
    new InvokeCommand({ FunctionName, Payload: JSON.stringify(event) }),
  );
  lambda.destroy();
  return { failed: FunctionError !== undefined, answer: JSON.parse(new TextDecoder().decode(Payload)) };
}
