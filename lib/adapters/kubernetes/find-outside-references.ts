/** What a kubeconfig takes from the machine it is on: the programs it runs and the files it reads. */
import { load } from 'js-yaml';
import * as z from 'zod';

const outside = {
  user: ['exec', 'auth-provider', 'tokenFile', 'client-certificate', 'client-key'],
  cluster: ['certificate-authority'],
};

/** Fields, as `users[0].user.exec`. What is no kubeconfig has none. */
export function findOutsideReferences(text: string): string[] {
  const read = kubeconfig.safeParse(parse(text));
  if (!read.success) return [];
  const { users, clusters } = read.data;
  return [
    ...users.flatMap(({ user }, at) => namesIn(user, outside.user).map((name) => `users[${at}].user.${name}`)),
    ...clusters.flatMap(({ cluster }, at) =>
      namesIn(cluster, outside.cluster).map((name) => `clusters[${at}].cluster.${name}`),
    ),
  ];
}

const fields = z.record(z.string(), z.unknown()).catch({});
const kubeconfig = z.object({
  users: z.array(z.object({ user: fields }).catch({ user: {} })).catch([]),
  clusters: z.array(z.object({ cluster: fields }).catch({ cluster: {} })).catch([]),
});

function namesIn(entry: Readonly<Record<string, unknown>>, names: readonly string[]): string[] {
  return names.filter((name) => entry[name] !== undefined && entry[name] !== null);
}

function parse(text: string): unknown {
  try {
    return load(text);
  } catch {
    return undefined;
  }
}
