/** Turns osls's template of one stage into the published one: the stage and the place of the code become parameters. */
import { isRecord } from '../../lib/core/object/is-record.ts';

/** What the template is packaged as, to be found again wherever osls wrote it. */
export const stagePlaceholder = 'publishedstage';
const stageParameter = `\${Stage}`;

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export type PublishedTemplate = { Parameters: Record<string, Json> } & Record<string, Json>;

/** `files`: what a zip is called beside the template, by what osls calls it. */
export function publishTemplate(template: unknown, files: ReadonlyMap<string, string>): PublishedTemplate {
  const { Resources, Outputs, Parameters, ...rest } = readTemplate(template);
  const { ServerlessDeploymentBucket: _, ServerlessDeploymentBucketPolicy: __, ...resources } = Resources;
  const { ServerlessDeploymentBucketName: ___, ...outputs } = Outputs;
  const { S3PrefixListId, ...parameters } = Parameters;
  return {
    ...rest,
    Description: 'Trueup: serverless GitOps for Kubernetes',
    Parameters: { ...ownParameters, S3PrefixListId: withoutDefault(S3PrefixListId), ...parameters },
    Resources: rewrite(resources, files),
    Outputs: rewrite(outputs, files),
  };
}

const ownParameters = {
  Stage: {
    Type: 'String',
    Default: 'prod',
    AllowedPattern: '^[a-z][a-z0-9-]{0,19}$',
    Description: 'Part of every name. Call the stack trueup-STAGE.',
  },
  CodeBucket: { Type: 'String', Description: 'A bucket of this region that holds the zip files.' },
  CodePrefix: { Type: 'String', Default: '', Description: 'What the keys of the zip files start with.' },
};

function rewrite(value: Json, files: ReadonlyMap<string, string>): Json {
  if (typeof value === 'string') return withStage(value);
  if (Array.isArray(value)) return value.map((item) => rewrite(item, files));
  if (value === null || typeof value !== 'object') return value;
  if (value.Ref === 'ServerlessDeploymentBucket') return { Ref: 'CodeBucket' };
  const { 'Fn::Sub': text, S3Key: key } = value;
  if (typeof text === 'string') return { 'Fn::Sub': text.replaceAll(stagePlaceholder, stageParameter) };
  const entries = Object.entries(value).map(([name, item]): [string, Json] => [name, rewrite(item, files)]);
  return { ...Object.fromEntries(entries), ...(typeof key === 'string' && { S3Key: placeOf(key, files) }) };
}

function withStage(text: string): Json {
  if (!text.includes(stagePlaceholder)) return text;
  return { 'Fn::Sub': text.replaceAll(stagePlaceholder, stageParameter) };
}

function placeOf(key: string, files: ReadonlyMap<string, string>): Json {
  const name = key.slice(key.lastIndexOf('/') + 1);
  const file = files.get(name);
  if (file === undefined) throw new TypeError(`no file is published for ${key}`);
  return { 'Fn::Sub': `\${CodePrefix}${file}` };
}

function withoutDefault(parameter: Json | undefined): Json {
  if (!isJsonObject(parameter)) return {};
  const { Default: _, ...rest } = parameter;
  return rest;
}

type OslsTemplate = Record<'Resources' | 'Outputs' | 'Parameters', Record<string, Json>> & Record<string, Json>;

function readTemplate(template: unknown): OslsTemplate {
  if (!isJsonObject(template)) throw new TypeError('a template is an object');
  const { Resources, Outputs, Parameters } = template;
  if (!isJsonObject(Resources) || !isJsonObject(Outputs) || !isJsonObject(Parameters)) {
    throw new TypeError('a template of osls has Resources, Outputs and Parameters');
  }
  return { ...template, Resources, Outputs, Parameters };
}

/** Enough for what comes from JSON.parse. */
function isJsonObject(value: unknown): value is { [key: string]: Json } {
  return isRecord(value);
}
