/** Asks Lambda how a function is, and the function itself what it may do. */
import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  type LambdaClient,
  ListEventSourceMappingsCommand,
} from '@aws-sdk/client-lambda';
import { type SelfFinding, selfFinding, selfTestEvent } from '../../../functions/self-test.ts';
import { awsFault } from '../../../lib/core/aws/aws-fault.ts';
import { Fault } from '../../../lib/core/fault/fault.ts';
import type { FunctionFacts } from './installation.ts';

export type FunctionPlace = { client: LambdaClient; functionName: string; region: string };

export async function describeFunction({ client, functionName, region }: FunctionPlace): Promise<FunctionFacts> {
  const command = new GetFunctionConfigurationCommand({ FunctionName: functionName });
  const said = await client.send(command).catch((error: unknown) => {
    throw awsFault(error, { action: 'lambda:GetFunctionConfiguration', resource: functionName, region });
  });
  return {
    state: said.State ?? '',
    stateReason: said.StateReason ?? '',
    lastUpdate: said.LastUpdateStatus ?? '',
    lastUpdateReason: said.LastUpdateStatusReason ?? '',
    runtime: said.Runtime ?? '',
  };
}

/** A role that may not receive from the queue shows only here. */
export async function queueTroubles({ client, functionName, region }: FunctionPlace): Promise<string[]> {
  const command = new ListEventSourceMappingsCommand({ FunctionName: functionName });
  const { EventSourceMappings = [] } = await client.send(command).catch((error: unknown) => {
    throw awsFault(error, { action: 'lambda:ListEventSourceMappings', resource: functionName, region });
  });
  if (EventSourceMappings.length === 0) return ['it reads no queue'];
  return EventSourceMappings.flatMap(({ State = '', LastProcessingResult = '', EventSourceArn = '' }) => {
    if (['Disabled', 'Disabling'].includes(State)) return [`reading ${EventSourceArn} is ${State.toLowerCase()}`];
    return LastProcessingResult.startsWith('PROBLEM') ? [`${EventSourceArn}: ${LastProcessingResult}`] : [];
  });
}

/** Fault doctor.function_failed. */
export async function runSelfTest({ client, functionName, region }: FunctionPlace): Promise<SelfFinding[]> {
  const command = new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(selfTestEvent) });
  const { FunctionError, Payload = new Uint8Array() } = await client.send(command).catch((error: unknown) => {
    throw awsFault(error, { action: 'lambda:InvokeFunction', resource: functionName, region });
  });
  const answer = new TextDecoder().decode(Payload);
  const failed = (because: string) => new Fault('doctor.function_failed', { function: functionName, region, because });
  if (FunctionError !== undefined) throw failed(answer.slice(0, longestShown));
  const findings = selfFinding.array().safeParse(parse(answer));
  if (findings.success) return findings.data;
  throw failed(`it answered ${answer.slice(0, longestShown) || 'nothing'}`);
}

const longestShown = 500;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
