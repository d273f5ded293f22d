/** Immutable blobs: records, plans, rendered manifests. The key is chosen by the caller and never written twice with other content. */
export interface Blobs {
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** null: there is none. */
  get(key: string): Promise<Uint8Array | null>;
  remove(key: string): Promise<void>;
}
