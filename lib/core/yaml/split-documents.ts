/** Cuts a YAML stream into documents as kubectl does: at every line that begins with `---`. */

/** `line` is the 1-based line of the text's first line; `problem` is set where the separator itself is wrong. */
export type DocumentText = { text: string; line: number; problem?: string };

export function splitDocuments(stream: string): DocumentText[] {
  const documents: DocumentText[] = [];
  let start = 0;
  let startLine = 1;
  let line = 1;
  for (let at = 0; at <= stream.length; line += 1) {
    const newline = stream.indexOf('\n', at);
    const end = newline < 0 ? stream.length : newline;
    if (stream.startsWith('---', at)) {
      documents.push({ text: stream.slice(start, at), line: startLine });
      const rest = stream.slice(at + 3, end).trim();
      if (rest !== '' && !rest.startsWith('#')) {
        documents.push({ text: '', line, problem: `only a comment may follow the separator \`---\`, found: ${rest}` });
      }
      start = end + 1;
      startLine = line + 1;
    }
    at = end + 1;
  }
  documents.push({ text: stream.slice(start), line: startLine });
  return documents.filter(({ text, problem }) => problem !== undefined || text.trim() !== '');
}

/** Counts separators only: cheap enough to ask before reading. */
export function hasMoreDocuments(bytes: Uint8Array, limit: number): boolean {
  let count = 0;
  for (let at = bytes.indexOf(newline); at >= 0 && count <= limit; at = bytes.indexOf(newline, at + 1)) {
    if (bytes[at + 1] === dash && bytes[at + 2] === dash && bytes[at + 3] === dash) count += 1;
  }
  return count > limit;
}

const newline = 0x0a;
const dash = 0x2d;
