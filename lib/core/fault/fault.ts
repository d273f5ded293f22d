/** The one error a person can cause: a stable code from the catalogue, the facts of this case, and what to do about it. */
import { catalogue, type FaultCode, type FaultInfo } from './catalogue.ts';

export type FaultFacts = Readonly<Record<string, unknown>>;

/** What a fault looks like in the record, on the API and in a notice: no stack, no cause. */
export type FaultReport = { code: string; message: string; hint: string; facts: FaultFacts };

export class Fault extends Error {
  override readonly name = 'Fault';
  readonly code: FaultCode;
  readonly facts: FaultFacts;

  /** `facts` fill the `{placeholders}` of the catalogue's sentences; `facts.because` is appended to the first, `facts.advice` to the hint. */
  constructor(code: FaultCode, facts: FaultFacts = {}, options: { cause?: unknown } = {}) {
    super(sentence(code, facts), options);
    this.code = code;
    this.facts = facts;
  }

  /** A fault that was written down: its sentences are made anew from code and facts. */
  static from({ code, facts }: FaultReport): Fault {
    if (!Object.hasOwn(catalogue, code)) throw new TypeError(`${code} is no fault of ours`);
    return new Fault(code as FaultCode, facts);
  }

  get info(): FaultInfo {
    return catalogue[this.code];
  }

  get hint(): string {
    const { advice } = this.facts;
    const hint = fill(this.info.hint, this.facts);
    return advice === undefined ? hint : `${hint} ${advice}`;
  }

  report(): FaultReport {
    return { code: this.code, message: this.message, hint: this.hint, facts: this.facts };
  }
}

/** True when doing the same again later may work without anybody changing anything. */
export function mayRetry(fault: unknown): boolean {
  return !(fault instanceof Fault) || fault.info.retry === 'later';
}

function sentence(code: FaultCode, facts: FaultFacts): string {
  const text = fill(catalogue[code].says, facts);
  return facts.because === undefined || catalogue[code].says.includes('{because}') ? text : `${text}: ${facts.because}`;
}

function fill(template: string, facts: FaultFacts): string {
  return template.replaceAll(/\{(\w+)\}/g, (whole, name: string) => (name in facts ? inWords(facts[name]) : whole));
}

function inWords(fact: unknown): string {
  return Array.isArray(fact) ? fact.join(', ') : String(fact);
}
