/** What was printed while something ran, line by line as JSON: the libraries of AWS print by themselves. */
import type { TestContext } from 'node:test';

export async function capturedLines(t: TestContext, run: () => unknown): Promise<Record<string, unknown>[]> {
  let text = '';
  const take = (chunk: unknown) => {
    text += String(chunk);
    return true;
  };
  // Warnings of the libraries count as well: there shall be none.
  const mocks = [t.mock.method(process.stdout, 'write', take), t.mock.method(process.stderr, 'write', take)];
  try {
    await run();
  } finally {
    for (const { mock } of mocks) mock.restore();
  }
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}
