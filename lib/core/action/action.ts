/** What a person may do to one live object beside what Git says of it: restart it, scale it, run it now. */
import type { KubernetesObject } from '../object/kubernetes-object.ts';

export type ActionParameter = {
  name: string;
  /** What it means; empty where nobody says. */
  says: string;
  /** What it is when it is not given; null: it has to be given. */
  default: string | null;
};

export type ActionInput = {
  /** Every parameter of the action, defaults filled in. */
  parameters: Readonly<Record<string, string>>;
  /** ms since the epoch. */
  now: number;
};

/** `patch`: the object as it is to become. `create`: one that is new. */
export type Effect = { operation: 'patch' | 'create'; resource: KubernetesObject };

export type Action = {
  name: string;
  parameters: readonly ActionParameter[];
  /** Why it cannot be done to the object as it is now; null: it can. */
  whyNot(object: KubernetesObject): string | null;
  /** Faults action.parameter_invalid, action.script_failed, action.refused. */
  run(object: KubernetesObject, input: ActionInput): Effect[];
};

/** One of them as it stands for one object. */
export type Offer = { name: string; parameters: readonly ActionParameter[]; disabled: string | null };
