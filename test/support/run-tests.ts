/** Runs test files with Node's own runner, shows them as they go, and counts what really ran. */
import { relative } from 'node:path';
import { Readable } from 'node:stream';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';

export type Counts = { passed: number; failed: number; skipped: number };
export type TestRun = Counts & { files: { file: string; ms: number }[] };

type TestEvent = ReturnType<typeof run> extends AsyncIterable<infer Event> ? Event : never;

/** `withinMs` is for all the files together: Node's own time-out does not end a file that keeps a handle open. */
export async function runTests(
  files: readonly string[],
  options: { withinMs: number; concurrency: number; to?: NodeJS.WritableStream },
): Promise<TestRun> {
  const total: TestRun = { passed: 0, failed: 0, skipped: 0, files: [] };
  if (files.length === 0) return total;
  const to = options.to ?? process.stdout;
  const events = run({ files, concurrency: options.concurrency, signal: AbortSignal.timeout(options.withinMs) });
  for await (const text of Readable.from(tally(events, total, to)).compose(new spec())) to.write(text);
  return total;
}

async function* tally(
  events: AsyncIterable<TestEvent>,
  total: TestRun,
  to: NodeJS.WritableStream,
): AsyncGenerator<TestEvent> {
  for await (const event of events) {
    const counted = countedAs(event);
    if (counted !== null) total[counted]++;
    if (isEmptyFile(event)) to.write(`✖ ${event.data.name} holds no test\n`);
    else if (!isTotalOfOneRun(event)) yield event;
    if (event.type === 'test:summary' && event.data.file !== undefined) {
      total.files.push({ file: relative(process.cwd(), event.data.file), ms: event.data.duration_ms });
    }
  }
}

function countedAs(event: TestEvent): keyof Counts | null {
  if (event.type === 'test:fail') return onlyItsTestsFailed(event.data.details) ? null : 'failed';
  if (event.type !== 'test:pass' || event.data.details.type === 'suite') return null;
  if (event.data.skip !== undefined || event.data.todo !== undefined) return 'skipped';
  return isEmptyFile(event) ? 'failed' : 'passed';
}

/** Those have been counted; a suite whose hooks failed has not. */
function onlyItsTestsFailed({ type, error }: { type?: string; error: Error }): boolean {
  return type === 'suite' && 'failureType' in error && error.failureType === 'subtestsFailed';
}

/** Node reports a file in which nothing was registered as one passed test named like the file. */
function isEmptyFile(event: TestEvent): event is Extract<TestEvent, { type: 'test:pass' }> {
  return event.type === 'test:pass' && event.data.nesting === 0 && event.data.name === event.data.file;
}

/** We end with a total of our own; one per file would only be mistaken for it. */
function isTotalOfOneRun(event: TestEvent): boolean {
  return (
    event.type === 'test:diagnostic' &&
    /^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) [\d.]+$/.test(event.data.message)
  );
}
