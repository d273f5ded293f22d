/** A YAML document as it is written: its nodes and where each begins. */

/** `at` is the offset of the node in the text. `tag` is empty where none is written. */
export type YamlNode =
  | { kind: 'scalar'; at: number; text: string; plain: boolean; tag: string }
  | { kind: 'sequence'; at: number; items: YamlNode[] }
  | { kind: 'mapping'; at: number; pairs: YamlPair[] }
  | { kind: 'alias'; at: number; name: string; to: YamlNode };

export type YamlPair = { key: YamlNode; value: YamlNode };

/** Something that makes a text no YAML, or no YAML that Kubernetes would read, and where it stands. */
export class YamlError extends Error {
  override readonly name = 'YamlError';
  readonly at: number;
  /** Set when the problem is a key that stands twice. */
  readonly key: string | undefined;

  constructor(because: string, at: number, key?: string) {
    super(because);
    this.at = at;
    this.key = key;
  }
}
