/** The HTTP door of `serve`: webhooks, the API, health and metrics. */
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { routePath } from 'hono/route';
import { answerFault } from '../../functions/answer-fault.ts';
import { createApi } from '../../functions/api/api.ts';
import { requireToken } from '../../functions/api/bearer-tokens.ts';
import { Fault } from '../../lib/core/fault/fault.ts';
import { receivePush } from '../../lib/flow/receive-push.ts';
import type { Ports } from '../../lib/ports/ports.ts';
import type { Metrics } from './metrics.ts';
import { requireLocal } from './require-local.ts';

export type HttpOptions = {
  ports: Ports;
  metrics: Metrics;
  /** Bearer tokens of `access`; null: this machine only. */
  tokens: readonly string[] | null;
  /** Something was put into the queue. */
  queued(): void;
};

/** GitHub's own limit for a delivery. */
const largestBody = 25 * 1024 * 1024;

export function createHttp({ ports, metrics, tokens, queued }: HttpOptions): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.use(async (context, next) => {
    const startedAt = ports.now();
    await next();
    const labels = { method: context.req.method, route: routePath(context, -1), status: String(context.res.status) };
    metrics.request(labels, ports.now() - startedAt);
  });
  app.get('/healthz', (context) => context.json({ status: 'ok' }));
  app.get('/metrics', async (context) =>
    context.body(await metrics.text(), 200, { 'content-type': metrics.contentType }),
  );
  app.post('/hooks/:gitHost', bodyLimit({ maxSize: largestBody, onError: refuseLarge }), async (context) => {
    const body = await context.req.text();
    const request = { gitHost: context.req.param('gitHost'), headers: context.req.header(), body };
    const received = await receivePush(request, ports);
    queued();
    return context.json(received, 202);
  });
  const allow = ({ headers, env }: { headers: Headers; env: HttpBindings }) =>
    tokens === null
      ? requireLocal(headers, env.incoming.socket.remoteAddress)
      : requireToken(headers.get('authorization'), tokens);
  app.route('/api/v1', createApi(ports, allow));
  app.notFound(({ req }) => answer(new Fault('api.not_found', { path: req.path }), ports));
  app.onError((error) => answer(error, ports));
  return app;
}

function refuseLarge(): never {
  throw new Fault('push.too_large', { limitBytes: largestBody });
}

function answer(error: unknown, { log }: Ports): Response {
  const { status, body } = answerFault(error, log);
  return Response.json(body, { status });
}
