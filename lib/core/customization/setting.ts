/** One key of the ConfigMap: its text, the YAML in it, and a way to say what is wrong where. */
import { Fault } from '../fault/fault.ts';
import type { Origin } from '../object/manifest.ts';
import { type FieldPath, lineInDocument, lineOf } from '../yaml/line-of.ts';
import { readYaml, type YamlDocument } from '../yaml/read-yaml.ts';
import { openNode, type SettingNode } from './setting-node.ts';

export type Complaint = { found: string; allowed: string };

export type Setting = {
  key: string;
  value: string;
  /** The value read as YAML; what cannot be read is reported and reads as nothing. */
  yaml(): SettingNode;
  fail(path: FieldPath, complaint: Complaint): void;
};

type Given = { key: string; value: unknown; text: string; origin: Origin };

/** null: the value is no text, which is reported. */
export function openSetting({ key, value, text, origin }: Given, report: (fault: Fault) => void): Setting | null {
  const line = lineOf(text, origin.line, ['data', key]);
  const say = (place: { line: number; path: FieldPath }, complaint: Complaint) =>
    report(
      new Fault('customization.invalid', {
        file: origin.file,
        line: place.line,
        path: [key, formatPath(place.path)].filter((part) => part !== '').join(': '),
        ...complaint,
      }),
    );
  if (typeof value !== 'string') {
    say(
      { line, path: [] },
      { found: JSON.stringify(value), allowed: 'text: values of a ConfigMap are in quotes, or after |' },
    );
    return null;
  }
  const document = documentOf(value);
  const base = isBlock(text, line) ? line : line - 1;
  const fail: Setting['fail'] = (path, complaint) => {
    const inner = document.read === null ? null : lineInDocument(document.read, document.read.node, path);
    say({ line: inner === null || path.length === 0 ? line : base + inner, path }, complaint);
  };
  return {
    key,
    value,
    fail,
    yaml() {
      for (const { because, at } of document.problems) {
        say({ line: base + at, path: [] }, { found: because, allowed: 'YAML' });
      }
      return openNode(document.read?.value, [], fail);
    },
  };
}

type Read = { read: YamlDocument | null; problems: { because: string; at: number }[] };

function documentOf(value: string): Read {
  const { documents, faults } = readYaml(value, '');
  const problems = faults.map(({ facts, message }) => ({
    because: String(facts.because ?? message),
    at: Number(facts.line),
  }));
  return { read: documents[0] ?? null, problems };
}

/** After `|` and `>` the value begins on the next line, else on that of its key. */
function isBlock(text: string, line: number): boolean {
  return /[|>][-+0-9]*\s*(#.*)?$/.test(text.split(/\r?\n/)[line - 1] ?? '');
}

function formatPath(path: FieldPath): string {
  return path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`),
    '',
  );
}
