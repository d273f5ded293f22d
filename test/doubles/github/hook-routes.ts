/** Webhooks of a repository: https://docs.github.com/en/rest/repos/webhooks */
import type { Hono } from 'hono';
import * as z from 'zod';

const body = z.object({
  name: z.literal('web').default('web'),
  active: z.boolean().default(true),
  events: z.array(z.string()).default(['push']),
  config: z.object({
    url: z.url(),
    content_type: z.enum(['json', 'form']).default('form'),
    secret: z.string().default(''),
    insecure_ssl: z.string().default('0'),
  }),
});

export type RegisteredHook = z.infer<typeof body> & { id: number; repository: string };

export function hookRoutes(
  api: Hono,
  hooks: RegisteredHook[],
  { onHook }: { onHook(hook: RegisteredHook): void },
): void {
  const route = '/repos/:owner/:repo/hooks';
  const nameOf = (owner: string, repo: string) => `${owner}/${repo}`;

  api.get(route, (context) => {
    const name = nameOf(context.req.param('owner'), context.req.param('repo'));
    return context.json(hooks.filter(({ repository }) => repository === name).map(masked));
  });

  api.post(route, async (context) => {
    const parsed = body.safeParse(await context.req.json());
    if (!parsed.success) return context.json({ message: 'Validation Failed', errors: parsed.error.issues }, 422);
    const repository = nameOf(context.req.param('owner'), context.req.param('repo'));
    const isThere = hooks.some((hook) => hook.repository === repository && hook.config.url === parsed.data.config.url);
    if (isThere)
      return context.json({ message: 'Validation Failed', errors: [{ message: 'Hook already exists' }] }, 422);
    const hook: RegisteredHook = { ...parsed.data, id: hooks.length + 1, repository };
    hooks.push(hook);
    onHook(hook);
    return context.json(masked(hook), 201);
  });

  api.patch(`${route}/:id`, async (context) => {
    const index = hooks.findIndex(({ id }) => id === Number(context.req.param('id')));
    const parsed = body.safeParse(await context.req.json());
    const hook = hooks[index];
    if (hook === undefined || !parsed.success) return context.json({ message: 'Not Found' }, 404);
    const changed = { ...hook, ...parsed.data };
    hooks[index] = changed;
    onHook(changed);
    return context.json(masked(changed));
  });
}

/** GitHub never shows a secret again. */
function masked(hook: RegisteredHook) {
  return { type: 'Repository', ...hook, config: { ...hook.config, secret: '********' } };
}
