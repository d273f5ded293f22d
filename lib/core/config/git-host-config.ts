/** One entry of `gitHosts[]`, by kind. */
import * as z from 'zod';
import { secretReference } from './secret-reference.ts';

const limits = z
  .strictObject({
    maxFiles: z.int().min(1).default(50_000).describe('Files in one commit.'),
    maxFileBytes: z.int().min(1).default(33_554_432).describe('Size of one file, in bytes.'),
    maxTotalBytes: z.int().min(1).default(536_870_912).describe('Size of all files of one commit, in bytes.'),
  })
  .prefault({})
  .describe('Bounds on what is read from one repository.');

const every = {
  name: z
    .string()
    .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, { error: 'lower-case letters, digits and - (it becomes part of URLs)' })
    .describe('The last part of the webhook URL: `/hooks/NAME`.'),
  webhookSecret: secretReference
    .optional()
    .describe('The secret its webhooks are signed with. Left out: no webhooks; pushes are found by the head check.'),
  limits,
};

const token = secretReference
  .optional()
  .describe('Token that may read contents. Left out: public repositories, or `credentials[]`.');
const url = z.url({ protocol: /^https?$/, error: 'an http or https URL' });
const urlPrefix = 'Every repository whose URL starts with this belongs to it; the longest URL wins.';

const github = z.strictObject({
  ...every,
  kind: z.literal('github'),
  url: url.default('https://github.com').describe(urlPrefix),
  apiUrl: url.optional().describe('REST API. Default: https://api.github.com, or /api/v3 of an Enterprise server.'),
  token,
  app: z
    .strictObject({
      id: z.int().min(1).describe('App id.'),
      installationId: z.int().min(1).describe('Installation id.'),
      privateKey: secretReference.describe('The private key, PEM.'),
    })
    .optional()
    .describe('A GitHub App instead of a token. This version refuses it.'),
  commitStatus: z
    .boolean()
    .default(true)
    .describe('Report each sync as a commit status; the token must be allowed to write statuses.'),
});

const gitlab = z.strictObject({
  ...every,
  kind: z.literal('gitlab'),
  url: url.default('https://gitlab.com').describe(urlPrefix),
  token,
});
const gitea = z.strictObject({ ...every, kind: z.literal('gitea'), url: url.describe(urlPrefix), token });
const git = z.strictObject({ ...every, kind: z.literal('git'), url: url.describe(urlPrefix), token });

export const gitHost = z.discriminatedUnion('kind', [github, gitlab, gitea, git]);

export type GitHostConfig = z.output<typeof gitHost>;
