/** `/api/v1` over HTTP, the same on `serve` and on Lambda. Read only. */
import { Hono } from 'hono';
import { Fault } from '../../lib/core/fault/fault.ts';
import { answerFault } from '../answer-fault.ts';
import { openApi } from './openapi.ts';
import { type ApiPorts, type ApiRoute, routes } from './routes.ts';

/** `allow` throws the fault that keeps a reader out. */
export function createApi<Env extends object>(
  ports: ApiPorts,
  allow: (request: { headers: Headers; env: Env }) => void,
): Hono<{ Bindings: Env }> {
  const app = new Hono<{ Bindings: Env }>();
  app.use(async (context, next) => {
    allow({ headers: context.req.raw.headers, env: context.env });
    await next();
    context.header('cache-control', 'no-store');
  });
  app.get('/openapi.json', (context) => context.json(openApi()));
  for (const route of routes) {
    app.get(honoPath(route), async (context) => {
      const name = context.req.param('name') ?? '';
      return context.json(await route.answer({ name, query: context.req.query() }, ports));
    });
  }
  app.notFound(({ req }) => answer(new Fault('api.not_found', { path: req.path }), ports));
  app.onError((error) => answer(error, ports));
  return app;
}

function honoPath({ path }: ApiRoute): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

function answer(error: unknown, { log }: ApiPorts): Response {
  const { status, body } = answerFault(error, log);
  return Response.json(body, { status });
}
