/** What `trueup doctor --aws` asks of an installation, in our words. Faults of all: aws.denied, aws.no_credentials, aws.unreachable. */
import type { SelfFinding } from '../../../functions/self-test.ts';
import type { StackOutputs } from '../../../lib/adapters/cloudformation/read-outputs.ts';
import type { EksCluster, EksTarget } from '../../../lib/core/eks/eks-cluster.ts';

export interface Installation {
  /** Faults aws.stack_missing, aws.stack_broken. */
  outputs(): Promise<StackOutputs>;
  resources(): Promise<StackResource[]>;
  /** The text of the configuration that the functions follow; null: there is none. */
  storedConfig(bucket: string): Promise<string | null>;
  queueDepth(queueUrl: string): Promise<QueueDepth>;
  /** Looks without taking any away. */
  deadLetters(queueUrl: string): Promise<DeadLetters>;
  /** What the log of a function last said about a message; null: nothing. */
  lastFailure(functionName: string, message: { messageId: string; sentAt: number }): Promise<LoggedFailure | null>;
  describeFunction(functionName: string): Promise<FunctionFacts>;
  /** Of the queues that a function is invoked for: those that are not read as they should be, in words. */
  queueTroubles(functionName: string): Promise<string[]>;
  /** Fault doctor.function_failed. */
  selfTest(functionName: string): Promise<SelfFinding[]>;
  /** Faults eks.*. `principal`: ARN that the access entry is for. */
  eks(target: EksTarget, principal: string): Promise<{ described: EksCluster; entry: AccessEntry | null }>;
}

export type StackResource = { logicalId: string; physicalId: string; type: string; status: string; because: string };
export type QueueDepth = { waiting: number; underWay: number; delayed: number };
export type DeadLetter = { messageId: string; body: string /** ms since the epoch. */; sentAt: number };
export type DeadLetters = { queueArn: string; count: number /** Some of them. */; letters: DeadLetter[] };
export type LoggedFailure = { message: string; hint: string | null };

/** Empty where AWS does not say. */
export type FunctionFacts = {
  state: string;
  stateReason: string;
  lastUpdate: string;
  lastUpdateReason: string;
  runtime: string;
};

export type AccessEntry = { policies: string[]; groups: string[] };
