/** Finds the line on which each key and item of a YAML document stands, for messages about its content. */
import { EVENT_ID, type Event, getScalarValue } from 'js-yaml';

type Path = readonly (string | number)[];
type Frame = { kind: 'mapping'; path: Path; key: string | null } | { kind: 'sequence'; path: Path; next: number };

/** 1-based lines; a path that is not in the text gets the line of its nearest parent. */
export function locateLines(text: string, events: readonly Event[]): (path: Path) => number {
  const offsets = new Map<string, number>();
  const frames: Frame[] = [];
  for (const event of events) {
    if (event.type === EVENT_ID.POP) {
      frames.pop();
    } else if (event.type !== EVENT_ID.DOCUMENT) {
      const path = placeOf(event, frames, text, offsets);
      if (event.type === EVENT_ID.MAPPING) frames.push({ kind: 'mapping', path, key: null });
      if (event.type === EVENT_ID.SEQUENCE) frames.push({ kind: 'sequence', path, next: 0 });
    } else {
      frames.push({ kind: 'sequence', path: [], next: Number.NaN });
    }
  }
  return (path) => {
    for (let length = path.length; length > 0; length--) {
      const offset = offsets.get(JSON.stringify(path.slice(0, length)));
      if (offset !== undefined) return text.slice(0, offset).split('\n').length;
    }
    return 1;
  };
}

/** Where this node stands; a mapping's scalar is its next key when none is waiting for a value. */
function placeOf(event: Event, frames: Frame[], text: string, offsets: Map<string, number>): Path {
  const frame = frames.at(-1);
  if (frame === undefined || (frame.kind === 'sequence' && Number.isNaN(frame.next))) return [];
  if (frame.kind === 'sequence') {
    const path = [...frame.path, frame.next++];
    offsets.set(JSON.stringify(path), startOf(event));
    return path;
  }
  if (frame.key === null) {
    frame.key = event.type === EVENT_ID.SCALAR ? getScalarValue(text, event) : '?';
    const path = [...frame.path, frame.key];
    offsets.set(JSON.stringify(path), startOf(event));
    return path;
  }
  const path = [...frame.path, frame.key];
  frame.key = null;
  return path;
}

function startOf(event: Event): number {
  if (event.type === EVENT_ID.SCALAR) return event.valueStart;
  if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) return event.start;
  return event.type === EVENT_ID.ALIAS ? event.anchorStart : 0;
}
