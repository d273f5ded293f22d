/** The page of the HTTP API, from its OpenAPI document. */
type Document = Record<string, unknown>;

export function apiPage(document: Document): string {
  return [
    '# HTTP',
    '',
    'Generated from `functions/api/routes.ts`; the same as an OpenAPI document is at `/api/v1/openapi.json`. Without',
    '`access` in `trueup.yaml` the API answers the machine it runs on and nobody else; with it, who sends one of its',
    'tokens as `Authorization: Bearer TOKEN`. Every error is `{"code", "message", "hint"}` with a code of [faults](faults.md).',
    '',
    'Besides the API, `trueup serve` answers `POST /hooks/{gitHost}` (202 once the wake-ups are queued), `GET /healthz`',
    'and `GET /metrics` (Prometheus).',
    '',
    ...Object.entries(record(document.paths)).flatMap(([path, item]) => operation(path, record(record(item).get))),
  ].join('\n');
}

function operation(path: string, { summary, parameters, responses }: Document): string[] {
  const answer = record(record(record(record(record(responses)['200']).content)['application/json']).schema);
  return [
    `## GET /api/v1${path}`,
    '',
    String(summary),
    '',
    ...table(Array.isArray(parameters) ? parameters : []),
    '```json',
    JSON.stringify(example(answer), null, 2),
    '```',
    '',
  ];
}

function table(parameters: readonly unknown[]): string[] {
  if (parameters.length === 0) return [];
  return ['| parameter | where | what it is |', '|---|---|---|', ...parameters.map(parameter), ''];
}

function parameter(value: unknown): string {
  const { name, in: where, description = '' } = record(value);
  return `| \`${String(name)}\` | ${String(where)} | ${String(description)} |`;
}

/** The shape of an answer: every field with its type. */
function example(schema: Document): unknown {
  const anyOf = Array.isArray(schema.anyOf) ? schema.anyOf.map(record) : [];
  if (anyOf.length > 0) return example(anyOf.find(({ type }) => type !== 'null') ?? {});
  if (Array.isArray(schema.enum)) return schema.enum.join(' | ');
  if (schema.type === 'array') return [example(record(schema.items))];
  const types = [schema.type].flat().filter((type) => type !== 'null');
  if (!types.includes('object')) return String(schema.format ?? types[0] ?? 'anything');
  return Object.fromEntries(
    Object.entries(record(schema.properties)).map(([key, value]) => [key, example(record(value))]),
  );
}

function record(value: unknown): Document {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
