/** Options that mean the same on every command. */
import { InvalidArgumentError, Option } from 'commander';

export type ConfigOptions = { config: string };
export type OutputOptions = { output: 'json' | 'text' };

export function configOption(): Option {
  return new Option('-c, --config <file>', 'the configuration').default('trueup.yaml').env('TRUEUP_CONFIG');
}

export function outputOption(): Option {
  return new Option('-o, --output <format>', 'what to print').choices(['text', 'json']).default('text');
}

export function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('a whole number is needed');
  return Number(text);
}

/** `90s`, `30m`, `4h`, `2d` → milliseconds. */
export function duration(text: string): number {
  const [, amount, unit] = /^(\d+)(s|m|h|d)$/.exec(text) ?? [];
  const unitMs = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }[unit ?? ''];
  if (amount === undefined || unitMs === undefined) throw new InvalidArgumentError('write it as 90s, 30m, 4h or 2d');
  return Number(amount) * unitMs;
}
