/** A local stand-in for Slack: speaks the incoming-webhook contract on loopback and keeps what it was sent. For the demo and the tests. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { checkPayload, type SlackPayload } from './check-payload.ts';

export type SlackReceiver = {
  /** What to put where `notifications.slack[].url` points to. */
  url: string;
  /** What was taken, in order. */
  payloads: readonly SlackPayload[];
  /** The next request gets this answer, whatever it holds; further calls are for the ones after it. */
  answerNext(answer: Answer): void;
  close(): Promise<void>;
};

/** `hang`: no answer, until the asker or the receiver gives up. */
export type Answer = { status: number; body: string; retryAfterSeconds?: number } | 'hang';

const longestBodyBytes = 1024 * 1024;
const path = '/services/T00000000/B00000000/local';

/** Listens on 127.0.0.1; port 0 takes a free one. `onMessage` is told of each message that was taken. */
export async function startSlackReceiver(
  options: { port?: number; onMessage?: (payload: SlackPayload) => void } = {},
): Promise<SlackReceiver> {
  const payloads: SlackPayload[] = [];
  const answers: Answer[] = [];
  const take = (payload: SlackPayload) => {
    payloads.push(payload);
    options.onMessage?.(payload);
  };

  const server = createServer((request, response) => {
    answer(request, answers.shift(), take).then(
      (given) => given !== 'hang' && send(response, given),
      () => send(response, { status: 500, body: 'internal_error' }),
    );
  });
  server.listen(options.port ?? 0, '127.0.0.1');
  await new Promise<void>((resolve, reject) => server.once('listening', resolve).once('error', reject));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;

  return {
    url: `http://127.0.0.1:${port}${path}`,
    payloads,
    answerNext: (next) => void answers.push(next),
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  request: IncomingMessage,
  told: Answer | undefined,
  take: (payload: SlackPayload) => void,
): Promise<Answer> {
  const body = await readBody(request);
  if (told !== undefined) return told;
  if (request.url !== path) return { status: 404, body: 'no_service' };
  if (request.method !== 'POST') return { status: 405, body: 'method_not_allowed' };
  if (body === null) return { status: 413, body: 'payload_too_large' };
  const checked = checkPayload(request.headers['content-type'] ?? '', body);
  if ('error' in checked) return { status: 400, body: checked.error };
  take(checked.payload);
  return { status: 200, body: 'ok' };
}

/** null: too long. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    sizeBytes += bytes.length;
    if (sizeBytes <= longestBodyBytes) chunks.push(bytes);
  }
  return sizeBytes > longestBodyBytes ? null : Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, { status, body, retryAfterSeconds }: Exclude<Answer, 'hang'>): void {
  if (retryAfterSeconds !== undefined) response.setHeader('retry-after', retryAfterSeconds);
  response.writeHead(status, { 'content-type': 'text/html' }).end(body);
}
