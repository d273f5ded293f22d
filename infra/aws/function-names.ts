/** The functions of an installation, as serverless.yml names them; sync first, whose self-test leaves something for the others to read. */
export const functionNames = ['sync', 'render', 'webhook', 'drift', 'audit', 'notify', 'api'] as const;
export type FunctionName = (typeof functionNames)[number];
