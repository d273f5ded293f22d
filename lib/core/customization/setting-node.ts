/** A value inside the YAML of a setting, asked for as what it should be; what it is not is reported once, with its place. */
import { nearestName } from '../config/nearest-name.ts';
import { isRecord } from '../object/is-record.ts';
import type { FieldPath } from '../yaml/line-of.ts';

export type SettingNode = {
  isGiven: boolean;
  text(otherwise?: string): string;
  boolean(otherwise: boolean): boolean;
  /** Absent and null are an empty list. */
  list(): SettingNode[];
  texts(): string[];
  /** Keys that are not `known` are reported; without a list every key is right. */
  mapping(known?: readonly string[]): { keys: string[]; at(key: string): SettingNode };
  fail(complaint: { found: string; allowed: string }): void;
};

type Fail = (path: FieldPath, complaint: { found: string; allowed: string }) => void;

export function openNode(value: unknown, path: FieldPath, fail: Fail): SettingNode {
  const isGiven = value !== undefined && value !== null;
  const wrong = (allowed: string) => fail(path, { found: show(value), allowed });
  const list = (): SettingNode[] => {
    if (Array.isArray(value)) return value.map((item, index) => openNode(item, [...path, index], fail));
    if (isGiven) wrong('a list');
    return [];
  };
  const text = (otherwise?: string): string => {
    if (typeof value === 'string') return value;
    // YAML reads on, off and 1 as something else; what is meant is plain.
    if (typeof value === 'boolean' || typeof value === 'number') return String(value);
    if (isGiven || otherwise === undefined) wrong('text');
    return otherwise ?? '';
  };
  return {
    isGiven,
    list,
    text,
    texts: () => list().map((item) => item.text()),
    fail: (complaint) => fail(path, complaint),
    boolean(otherwise) {
      if (typeof value === 'boolean') return value;
      if (value === 'true' || value === 'false') return value === 'true';
      if (isGiven) wrong('true or false');
      return otherwise;
    },
    mapping(known) {
      const record = isRecord(value) ? value : {};
      if (isGiven && !isRecord(value)) wrong('a mapping');
      for (const key of Object.keys(record)) {
        if (known?.includes(key) === false) {
          fail([...path, key], { found: key, allowed: nearestName(key, known) ?? known.join(', ') });
        }
      }
      return { keys: Object.keys(record), at: (key) => openNode(record[key], [...path, key], fail) };
    },
  };
}

function show(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  return isRecord(value) ? 'a mapping' : JSON.stringify(value);
}
