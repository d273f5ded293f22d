/** Who may ask, and how often. https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api */
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { MiddlewareHandler } from 'hono';

export type Limit =
  | { kind: 'primary'; resetInSeconds: number }
  | { kind: 'secondary'; retryAfterSeconds: number }
  | { kind: 'secondary-in-words' }
  | { kind: 'broken' };

export type GuardOptions = { token: string | undefined; folder: string; limit(): Limit | null };

export function guard({ token, folder, limit }: GuardOptions): MiddlewareHandler {
  return async (context, next) => {
    const given = /^(?:token|Bearer) (.*)$/i.exec(context.req.header('authorization') ?? '')?.[1];
    if (token !== undefined && given !== undefined && given !== token) {
      return context.json({ message: 'Bad credentials', documentation_url: 'https://docs.github.com/rest' }, 401);
    }
    const limited = limit();
    if (limited !== null) return refusal(limited);
    const [, owner = '', repo = ''] = /\/repos\/([\w.-]+)\/([\w.-]+)/.exec(context.req.path) ?? [];
    const isThere = await access(join(folder, owner, `${repo}.git`)).then(
      () => true,
      () => false,
    );
    // What one may not see is not there.
    if (!isThere || (token !== undefined && given === undefined)) return context.json({ message: 'Not Found' }, 404);
    return next();
  };
}

function refusal(limit: Limit): Response {
  const now = Math.floor(Date.now() / 1000);
  const date = new Date(now * 1000).toUTCString();
  switch (limit.kind) {
    case 'primary': {
      const reset = String(now + limit.resetInSeconds);
      const headers = { date, 'x-ratelimit-limit': '5000', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset };
      return Response.json({ message: 'API rate limit exceeded for user ID 1.' }, { status: 403, headers });
    }
    case 'secondary': {
      const headers = { date, 'retry-after': String(limit.retryAfterSeconds) };
      return Response.json({ message: 'You have exceeded a secondary rate limit.' }, { status: 429, headers });
    }
    case 'secondary-in-words':
      return Response.json(
        { message: 'You have exceeded a secondary rate limit.' },
        { status: 403, headers: { date } },
      );
    case 'broken':
      return new Response('<html>Unicorn!</html>', { status: 502, headers: { 'content-type': 'text/html' } });
  }
}
