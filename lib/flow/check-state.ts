/** Reads an exported state to its end and says whether it is whole, and one for this installation. Writes nothing. */
import { Fault } from '../core/fault/fault.ts';
import { parseStateLine, type StateLine, stateVersion, sumUpLines } from '../core/recovery/state-file.ts';
import type { Ports } from '../ports/ports.ts';

export type StateSource = {
  /** For faults. */
  file: string;
  /** From the beginning, each time. */
  lines(): AsyncIterable<string>;
};

export type StateHeading = Extract<StateLine, { trueup: unknown }>;

/** Faults state.invalid, state.newer_version, state.other_installation. */
export async function checkState({ file, lines }: StateSource, ports: Ports): Promise<StateHeading> {
  const sum = sumUpLines();
  let heading: StateHeading | null = null;
  let end: Extract<StateLine, { end: unknown }> | null = null;
  let number = 0;
  const invalid = (because: string) => new Fault('state.invalid', { file, line: Math.max(number, 1), because });
  for await (const text of lines()) {
    number += 1;
    const line = parseStateLine(text);
    if (line === null) throw invalid('no line of an export');
    if (end !== null) throw invalid('something follows the end');
    if ('trueup' in line) heading = checkHeading(line, file, ports);
    else if (heading === null) throw invalid('it does not begin with a heading');
    if ('end' in line) end = line;
    else sum.add(text);
  }
  if (heading === null) throw invalid('there is nothing in it');
  if (end === null) throw invalid('its end is missing');
  if (end.end.sha256 !== sum.end().end.sha256) throw invalid('it was changed since it was written');
  return heading;
}

function checkHeading(heading: StateHeading, file: string, { installation }: Ports): StateHeading {
  if (heading.version > stateVersion) {
    throw new Fault('state.newer_version', { file, found: heading.version, allowed: stateVersion });
  }
  if (heading.installation !== installation) {
    throw new Fault('state.other_installation', { file, found: heading.installation, installation });
  }
  return heading;
}
