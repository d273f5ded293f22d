/** Reads a fault that a renderer elsewhere reports: only what rendering can raise is taken at its word. */
import * as z from 'zod';
import { catalogue, type FaultCode } from '../fault/catalogue.ts';
import { Fault } from '../fault/fault.ts';

/** What is said of a fault on its way between two processes. */
export type ToldFault = { code: string; facts: Record<string, unknown> };

export const toldFault = z.strictObject({ code: z.string(), facts: z.record(z.string(), z.unknown()) });

/** Anything else becomes render.remote_failed: a chart that took over the renderer shall not speak for the cluster or the store. */
export function believeFault({ code, facts }: ToldFault): Fault {
  const isShort = JSON.stringify(facts).length <= longestFacts;
  if (isBelieved(code) && isShort) return new Fault(code, facts);
  const because = isBelieved(code) ? `it said more than ${longestFacts} characters about ${code}` : strange(code);
  return new Fault('render.remote_failed', { because });
}

/** A fault goes into the record and to people. Thousands of broken documents, each with its place, fit. */
const longestFacts = 1_000_000;

/** Links that lead out, or multiply: found while rendering. */
const foundInLinks = ['git.unsafe_path', 'git.too_large'];

function isBelieved(code: string): code is FaultCode {
  return Object.hasOwn(catalogue, code) && (code.startsWith('render.') || foundInLinks.includes(code));
}

function strange(code: string): string {
  return /^[\w.]{1,60}$/.test(code) ? `it reported ${code}, which no rendering raises` : 'it reported no fault of ours';
}
