/** Reads the parts of serverless.yml and of infra/aws as they stand there, with the short forms of CloudFormation's functions written out. */
import { readdirSync, readFileSync } from 'node:fs';
import { defineScalarTag, defineSequenceTag, load, mergeTag, YAML11_SCHEMA } from 'js-yaml';
import * as z from 'zod';

const checkout = new URL('../../../', import.meta.url);
const texts = z.union([z.string(), z.array(z.string())]).transform((given) => [given].flat());
const named = z.union([z.string(), z.record(z.string(), z.unknown())]);

const statement = z.strictObject({
  Sid: z.string(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: texts,
  Resource: z.union([named, z.array(named)]).transform((given) => [given].flat()),
  Condition: z.record(z.string(), z.unknown()).optional(),
});
export type RoleStatement = z.infer<typeof statement> & { onlyIf: string | null };

const conditional = z
  .strictObject({ 'Fn::If': z.tuple([z.string(), statement, z.strictObject({ Ref: z.literal('AWS::NoValue') })]) })
  .transform(({ 'Fn::If': [onlyIf, given] }) => ({ ...given, onlyIf }));

const role = z.strictObject({
  Type: z.literal('AWS::IAM::Role'),
  Properties: z.strictObject({
    AssumeRolePolicyDocument: z.string(),
    Policies: z.tuple([
      z.strictObject({
        PolicyName: z.string(),
        PolicyDocument: z.strictObject({
          Version: z.literal('2012-10-17'),
          Statement: z.array(z.union([conditional, statement.transform((given) => ({ ...given, onlyIf: null }))])),
        }),
      }),
    ]),
  }),
});

export type FunctionRole = { id: string; statements: RoleStatement[]; text: string };

/** By the short name of the function. A file with anything else than one role with one policy is refused. */
export function readRoles(): Map<string, FunctionRole> {
  const files = readdirSync(new URL('infra/aws/roles/', checkout));
  return new Map(
    files.map((file) => {
      const { Resources } = z
        .strictObject({ Resources: z.record(z.string(), role) })
        .parse(readYaml(`infra/aws/roles/${file}`));
      const [[id, found] = [], ...more] = Object.entries(Resources);
      if (id === undefined || found === undefined || more.length > 0) throw new Error(`${file} is not one role`);
      const text = readText(`infra/aws/roles/${file}`);
      return [
        file.replace('.yml', ''),
        { id, text, statements: found.Properties.Policies[0].PolicyDocument.Statement },
      ];
    }),
  );
}

const resources = z.object({
  Resources: z.record(
    z.string(),
    z.object({
      Type: z.string(),
      Condition: z.string().optional(),
      Properties: z.record(z.string(), z.unknown()).default({}),
    }),
  ),
});

/** Of one file below infra/aws. */
export function readResources(file: string): z.infer<typeof resources>['Resources'] {
  return resources.parse(readYaml(`infra/aws/${file}`)).Resources;
}

const service = z.object({
  functions: z.record(z.string(), z.object({ role: z.string() })),
  custom: z.object({ lambdaTrust: z.unknown() }),
});

export function readService(): z.infer<typeof service> {
  return service.parse(readYaml('serverless.yml'));
}

function readYaml(path: string): unknown {
  return load(readText(path), { schema });
}

function readText(path: string): string {
  return readFileSync(new URL(path, checkout), 'utf8');
}

/** `!GetAtt A.Arn` → `{Fn::GetAtt: A.Arn}`, and so on for every tag. */
function longForm(tag: string, value: unknown): Record<string, unknown> {
  const name = tag.slice(1);
  return { [['Ref', 'Condition'].includes(name) ? name : `Fn::${name}`]: value };
}

const never = () => false;
const schema = YAML11_SCHEMA.withTags(
  mergeTag,
  defineScalarTag('!', {
    matchByTagPrefix: true,
    resolve: (source, _, tag) => longForm(tag, source),
    identify: never,
  }),
  defineSequenceTag('!', {
    matchByTagPrefix: true,
    create: (tag): { tag: string; items: unknown[] } => ({ tag, items: [] }),
    addItem: ({ items }, item) => void items.push(item),
    finalize: ({ tag, items }) => longForm(tag, items),
    identify: never,
  }),
);
