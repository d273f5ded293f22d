/** What the `discovery.lua` of a kind returns: which actions an object has now, and what they ask for. */
import { Fault } from '../fault/fault.ts';
import type { ScriptResult } from '../health/script-health.ts';
import { isRecord } from '../object/is-record.ts';
import type { ActionParameter, Offer } from './action.ts';

/** Faults action.script_failed. `script` names it for people. */
export function readOffers(result: ScriptResult, script: string): Offer[] {
  if ('because' in result) throw new Fault('action.script_failed', { script, because: result.because });
  const { value } = result;
  if (value === null) return [];
  if (!isRecord(value))
    throw new Fault('action.script_failed', { script, because: 'it returns no table of actions by name' });
  return Object.entries(value).map(([name, given]) => {
    const { disabled, params } = isRecord(given) ? given : {};
    return {
      name,
      disabled: disabled === true ? 'the rules of the fleet do not offer it now' : null,
      parameters: Array.isArray(params) ? params.flatMap(readParameter) : [],
    };
  });
}

function readParameter(given: unknown): ActionParameter[] {
  if (!isRecord(given) || typeof given.name !== 'string') return [];
  const { name, default: byDefault } = given;
  return [{ name, says: '', default: byDefault === undefined || byDefault === null ? null : String(byDefault) }];
}
