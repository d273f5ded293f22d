/** What `/api/v1` answers: each route with its parameters, its result and the flow behind it. The OpenAPI document is made from this. */
import * as z from 'zod';
import { applicationSummary } from '../../lib/core/application/application-summary.ts';
import { Fault } from '../../lib/core/fault/fault.ts';
import { findApplication } from '../../lib/flow/find-application.ts';
import { listHistory } from '../../lib/flow/list-history.ts';
import { readHealth } from '../../lib/flow/read-health.ts';
import { summarizeApplication } from '../../lib/flow/summarize-application.ts';
import type { Ports } from '../../lib/ports/ports.ts';
import { historyItem } from './history-item.ts';

export type ApiPorts = Pick<Ports, 'applications' | 'events' | 'blobs' | 'log'>;

export type ApiRoute = {
  /** As OpenAPI writes it: `/applications/{name}`. */
  path: string;
  summary: string;
  query: z.ZodObject;
  result: z.ZodType;
  answer(input: { name: string; query: Readonly<Record<string, string>> }, ports: ApiPorts): Promise<unknown>;
};

const event = z
  .looseObject({
    id: z.string(),
    at: z.iso.datetime(),
    application: z.string(),
    cluster: z.string(),
    who: z.string(),
    why: z.string(),
    type: z.string(),
  })
  .describe('One line of the record; further fields depend on `type`.');
const limit = z.coerce.number().int().min(1).max(500).default(50).describe('How many.');
const objectHealth = z.object({
  group: z.string(),
  kind: z.string(),
  namespace: z.string(),
  name: z.string(),
  status: z.string(),
  message: z.string(),
});

export const routes: readonly ApiRoute[] = [
  route({
    path: '/applications',
    summary: 'Every Application, how it stands and what holds it.',
    query: z.strictObject({}),
    result: z.object({ items: z.array(applicationSummary) }),
    answer: async (_, ports) => ({ items: (await ports.applications.list()).map(summarizeApplication) }),
  }),
  route({
    path: '/applications/{name}',
    summary: 'One Application, with the health of each of its objects.',
    query: z.strictObject({}),
    result: applicationSummary.extend({ objects: z.array(objectHealth) }),
    answer: async ({ name }, ports) => ({
      ...summarizeApplication(await findApplication(name, ports)),
      objects: (await readHealth(name, ports)).objects,
    }),
  }),
  route({
    path: '/applications/{name}/history',
    summary: 'Its syncs, newest first.',
    query: z.strictObject({ limit }),
    result: z.object({ items: z.array(historyItem) }),
    answer: async ({ name, query }, ports) => {
      const { application } = await findApplication(name, ports);
      const { historyLimit: keep } = application;
      return { items: await listHistory({ application: name, limit: query.limit, keep }, ports) };
    },
  }),
  route({
    path: '/events',
    summary: 'The record, newest first.',
    query: z.strictObject({
      application: z.string().optional().describe('Only of this Application.'),
      before: z.string().optional().describe('`next` of the page before.'),
      limit,
    }),
    result: z.object({ items: z.array(event), next: z.string().nullable() }),
    answer: async ({ query }, ports) => {
      const { application, before } = query;
      const which = {
        ...(application === undefined ? {} : { application }),
        ...(before === undefined ? {} : { before }),
      };
      const items = await ports.events.list({ ...which, limit: query.limit });
      return { items, next: items.length < query.limit ? null : (items.at(-1)?.id ?? null) };
    },
  }),
];

type Typed<Query extends z.ZodObject, Result extends z.ZodType> = {
  path: string;
  summary: string;
  query: Query;
  result: Result;
  answer(input: { name: string; query: z.output<Query> }, ports: ApiPorts): Promise<z.input<Result>>;
};

/** Lets the compiler hold each answer against the schema that is published for it. */
function route<Query extends z.ZodObject, Result extends z.ZodType>(typed: Typed<Query, Result>): ApiRoute {
  const { answer, ...rest } = typed;
  return { ...rest, answer: ({ name, query }, ports) => answer({ name, query: readQuery(typed.query, query) }, ports) };
}

function readQuery<Query extends z.ZodObject>(schema: Query, query: Readonly<Record<string, string>>): z.output<Query> {
  const checked = schema.safeParse(query);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  const path = issue?.code === 'unrecognized_keys' ? issue.keys.join(', ') : (issue?.path.join('.') ?? '');
  throw new Fault('api.bad_request', {
    path,
    found: JSON.stringify(query[path]) ?? 'nothing',
    allowed: issue?.message,
  });
}
