/** The OpenAPI document of `/api/v1`, from its routes. */
import * as z from 'zod';
import packageJson from '../../package.json' with { type: 'json' };
import { type ApiRoute, routes } from './routes.ts';

const fault = z.object({
  code: z.string().describe('Stable; see the reference of faults.'),
  message: z.string(),
  hint: z.string(),
});

export function openApi(): Record<string, unknown> {
  return {
    openapi: '3.1.0',
    info: { title: 'Trueup', version: packageJson.version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/api/v1' }],
    security: [{ token: [] }, {}],
    paths: Object.fromEntries(routes.map((route) => [route.path, { get: operation(route) }])),
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: { Fault: jsonSchema(fault) },
    },
  };
}

function operation({ path, summary, query, result }: ApiRoute): Record<string, unknown> {
  const named = path.includes('{name}')
    ? [
        {
          name: 'name',
          in: 'path',
          required: true,
          description: 'Name of the Application.',
          schema: { type: 'string' },
        },
      ]
    : [];
  const asked = Object.entries(query.shape).map(([name, schema]) => {
    const { description, ...rest } = jsonSchema(schema);
    return { name, in: 'query', required: false, description, schema: rest };
  });
  const failed = { description: 'A fault.', content: json({ $ref: '#/components/schemas/Fault' }) };
  return {
    operationId: operationId(path),
    summary,
    parameters: [...named, ...asked],
    responses: { 200: { description: 'The answer.', content: json(jsonSchema(result)) }, default: failed },
  };
}

/** `/applications/{name}/history` → `getApplicationsNameHistory` */
function operationId(path: string): string {
  const words = path.match(/\w+/g) ?? [];
  return `get${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')}`;
}

function json(schema: Record<string, unknown>): Record<string, unknown> {
  return { 'application/json': { schema } };
}

function jsonSchema(schema: z.core.$ZodType): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', reused: 'inline' });
  return rest;
}
