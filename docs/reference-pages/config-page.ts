/** The page of `trueup.yaml`, from its JSON Schema. */
type Schema = Record<string, unknown>;

export function configPage(schema: Schema): string {
  return [
    '# trueup.yaml',
    '',
    'Generated from `lib/core/config/config.ts`. Unknown keys are refused. Relative paths start from the folder of the',
    'file. Secrets are references, never values: `{env: NAME}`, `{file: PATH}`, `{secretsManager: NAME}` or `{ssm: NAME}`',
    '(the last two where Trueup runs on AWS; `NAME#KEY` is one value of a secret that is a JSON object).',
    '`trueup config schema` prints the JSON Schema for editors:',
    '`# yaml-language-server: $schema=config.schema.json` as the first line of the file.',
    '',
    '| key | what it is | default |',
    '|---|---|---|',
    ...rows(schema, '', schema),
    '',
  ].join('\n');
}

/** One row a key, in the order of the schema; alternatives by `kind` one after the other. */
function rows(schema: Schema, prefix: string, root: Schema): string[] {
  const required = list(schema.required);
  return Object.entries(record(schema.properties)).flatMap(([key, value]) => {
    const property = record(value);
    const path = prefix === '' ? key : `${prefix}.${key}`;
    const fallback = required.includes(key) ? 'required' : defaultOf(property);
    return [`| \`${path}\` | ${describe(property)} | ${fallback} |`, ...below(property, path, root)];
  });
}

function below(property: Schema, path: string, root: Schema): string[] {
  if (property.$ref !== undefined) return [];
  const items = record(property.items);
  const inside = property.type === 'array' ? items : property;
  const at = property.type === 'array' ? `${path}[]` : path;
  const alternatives = records(inside.oneOf);
  if (alternatives.length === 0) return rows(inside, at, root);
  const [first = {}, ...others] = alternatives;
  const everywhere = Object.keys(record(first.properties)).filter((key) =>
    others.every((other) => sameProperty(key, first, other)),
  );
  return [
    ...rows(
      pick(first, (key) => everywhere.includes(key)),
      at,
      root,
    ),
    ...alternatives.flatMap((alternative) => {
      const kind = record(record(alternative.properties).kind).const;
      const own = pick(alternative, (key) => !everywhere.includes(key));
      return rows(own, `${at} (${String(kind)})`, root);
    }),
  ];
}

function sameProperty(key: string, one: Schema, other: Schema): boolean {
  const of = (schema: Schema) => JSON.stringify([record(schema.properties)[key], list(schema.required).includes(key)]);
  return of(one) === of(other);
}

function pick(schema: Schema, wanted: (key: string) => boolean): Schema {
  const properties = Object.entries(record(schema.properties)).filter(([key]) => wanted(key));
  return { ...schema, properties: Object.fromEntries(properties) };
}

function describe({ description = '', $ref, type, const: only, enum: several }: Schema): string {
  const kind = $ref === undefined ? (type ?? '') : 'secret reference';
  const allowed = only === undefined ? list(several).join(', ') : String(only);
  const shape = kind === 'object' || kind === '' ? '' : `*${String(kind)}*${allowed && `: ${allowed}`}. `;
  return `${shape}${String(description)}`.trim().replaceAll('|', '\\|');
}

function defaultOf({ default: value }: Schema): string {
  return value === undefined || (typeof value === 'object' && JSON.stringify(value) === '{}')
    ? ''
    : `\`${JSON.stringify(value)}\``;
}

function record(value: unknown): Schema {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function records(value: unknown): Schema[] {
  return Array.isArray(value) ? value.map(record) : [];
}

function list(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
