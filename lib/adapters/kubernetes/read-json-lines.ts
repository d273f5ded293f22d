/** Splits a stream of bytes into the JSON values of its lines; a last line that was cut off is dropped. */
export async function* readJsonLines(body: AsyncIterable<Buffer>): AsyncIterable<unknown> {
  // Chunks end anywhere, also within a character of several bytes.
  const decoder = new TextDecoder();
  let pieces: string[] = [];
  for await (const chunk of body) {
    const [first = '', ...rest] = decoder.decode(chunk, { stream: true }).split('\n');
    pieces.push(first);
    for (const start of rest) {
      const line = pieces.join('');
      pieces = [start];
      if (line !== '') yield JSON.parse(line);
    }
  }
}
