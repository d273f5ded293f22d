/** What a Lua action came to: the object as it is to become, or a list of what to change and to create. */
import { Fault } from '../fault/fault.ts';
import type { ScriptResult } from '../health/script-health.ts';
import { isRecord } from '../object/is-record.ts';
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import type { Effect } from './action.ts';

/** `script` names it for people. Faults action.script_failed. */
export function readEffects(result: ScriptResult, object: KubernetesObject, script: string): Effect[] {
  if ('because' in result) throw new Fault('action.script_failed', { script, because: result.because });
  const { value } = result;
  if (isObject(value)) return [{ operation: 'patch', resource: asTyped(object, value) }];
  // An empty table is no list to Lua.
  const items =
    Array.isArray(value) || (isRecord(value) && Object.keys(value).length === 0) ? Object.values(value) : null;
  if (items === null)
    throw new Fault('action.script_failed', { script, because: `it returns no object and no list (${says})` });
  return items.map((item) => readEffect(item, object, script));
}

const says = 'an action returns the changed object, or a list of {operation = "patch" or "create", resource = …}';

function readEffect(item: unknown, object: KubernetesObject, script: string): Effect {
  const { operation, resource } = isRecord(item) ? item : {};
  if ((operation !== 'patch' && operation !== 'create') || !isObject(resource)) {
    const found = JSON.stringify(operation) ?? 'nothing';
    const because = `an item of its list has the operation ${found}, or no resource with apiVersion, kind and name (${says})`;
    throw new Fault('action.script_failed', { script, because });
  }
  return { operation, resource: operation === 'patch' ? asTyped(object, resource) : resource };
}

function isObject(value: unknown): value is KubernetesObject {
  if (!isRecord(value) || typeof value.apiVersion !== 'string' || typeof value.kind !== 'string') return false;
  return isRecord(value.metadata) && typeof value.metadata.name === 'string';
}

/** A table that was emptied could be a list or a mapping; it is what it was. */
function asTyped<Value>(before: unknown, after: Value): Value {
  return typed(before, after) as Value;
}

function typed(before: unknown, after: unknown): unknown {
  if (Array.isArray(before)) {
    if (isRecord(after) && Object.keys(after).length === 0) return [];
    return Array.isArray(after) ? after.map((item, index) => typed(before[index], item)) : after;
  }
  if (!isRecord(before) || !isRecord(after)) return after;
  return Object.fromEntries(Object.entries(after).map(([name, value]) => [name, typed(before[name], value)]));
}
