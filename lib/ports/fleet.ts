/** The folder or repository that holds the Application documents. */
import type { SourceFiles } from '../core/render/source-files.ts';

export interface Fleet {
  /** `at`: what was read, for people: a folder, or a repository and its SHA. Paths are relative to the fleet's folder. */
  read(): Promise<{ files: SourceFiles; at: string }>;
}
