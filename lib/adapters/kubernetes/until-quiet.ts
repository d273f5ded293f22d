/** Passes chunks on until none comes for a while, the connection breaks, or its reader stops it: each is an end. */
export async function* untilQuiet(body: AsyncIterable<Buffer>, quietMs: number | undefined): AsyncIterable<Buffer> {
  const chunks = body[Symbol.asyncIterator]();
  for (;;) {
    const next = await within(chunks.next(), quietMs);
    if (next === undefined || next.done) return;
    yield next.value;
  }
}

/** The time its reader takes does not count as quiet: the clock runs only while waiting for the server. */
async function within<Value>(arriving: Promise<Value>, quietMs: number | undefined): Promise<Value | undefined> {
  // What was received stands; a watch resumed from the last position brings the rest.
  const arrived = arriving.catch(() => undefined);
  if (quietMs === undefined) return arrived;
  let timer: NodeJS.Timeout | undefined;
  const quiet = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, quietMs, undefined);
  });
  try {
    return await Promise.race([arrived, quiet]);
  } finally {
    clearTimeout(timer);
  }
}
