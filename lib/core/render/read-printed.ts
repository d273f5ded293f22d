/** Reads what kubectl or helm printed: the same border as for files, with places in Git instead of in the output. */
import { collectFaults } from '../fault/collect-faults.ts';
import { Fault } from '../fault/fault.ts';
import type { Manifest } from '../object/manifest.ts';
import { readManifests } from './parse-manifests.ts';

/** `fileOf`: the file in Git behind a line of the output. Origins of the manifests are still lines of the output. */
export function readPrinted(output: string, tool: string, fileOf: (line: number) => string): Manifest[] {
  const { manifests, faults } = readManifests(output, '');
  if (faults.length === 0) return manifests;
  throw collectFaults(
    faults.map((fault) => {
      const line = Number(fault.facts.line);
      const because = [fault.facts.because, `line ${line} of what ${tool} printed`].filter(Boolean).join('; ');
      return new Fault(fault.code, { ...fault.facts, file: fileOf(line), line: 0, because });
    }),
  );
}
