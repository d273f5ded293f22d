/** A place for what two functions hand each other. Nothing in it lives longer than a day. Faults: store.denied, store.unavailable. */
export interface Scratch {
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** null: there is none. Fault store.too_large when it has more than `maxBytes`; not one byte of it is read then. */
  get(key: string, options?: { maxBytes?: number }): Promise<Uint8Array | null>;
  remove(key: string): Promise<void>;
  /** Who has the URL may read this one key by GET, without credentials of their own. */
  presignGet(key: string, forSeconds: number): Promise<string>;
  /** As much as they like: a signed PUT names an exact length or none. Whoever reads it sets a limit. */
  presignPut(key: string, forSeconds: number): Promise<string>;
}
