/** The keys and tokens of a control plane: made once per folder, readable by its owner only. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { User } from './control-plane.ts';

export type Credentials = { folder: string; tokens: ReadonlyMap<string, string>; users: readonly User[] };

const masters = ['system:masters'];

/**
 * The control plane's own programs have names, so that the audit log and managedFields tell them from people. They are
 * masters, because the controllers' many small roles are no part of what is tried here.
 */
const staff: readonly User[] = [
  { name: 'admin', groups: masters },
  { name: 'system:kube-controller-manager', groups: masters },
  { name: 'system:kube-scheduler', groups: masters },
  { name: 'kwok', groups: masters },
];

export async function prepareCredentials(controlPlaneFolder: string, people: readonly User[]): Promise<Credentials> {
  const folder = join(controlPlaneFolder, 'credentials');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (!(await exists(join(folder, 'service-accounts.key')))) await writeKeys(folder);
  const users = [...staff, ...people];
  const known = await readTokens(folder);
  const tokens = new Map(users.map(({ name }) => [name, known.get(name) ?? randomBytes(24).toString('base64url')]));
  const lines = users.map(({ name, groups }) => [tokens.get(name), name, name, `"${groups.join(',')}"`].join(','));
  await writeFile(join(folder, 'tokens.csv'), `${lines.join('\n')}\n`, { mode: 0o600 });
  return { folder, tokens, users };
}

async function writeKeys(folder: string): Promise<void> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  await writeFile(join(folder, 'service-accounts.pub'), publicKey);
  await writeFile(join(folder, 'service-accounts.key'), privateKey, { mode: 0o600 });
}

async function readTokens(folder: string): Promise<Map<string, string>> {
  const text = await readFile(join(folder, 'tokens.csv'), 'utf8').catch(() => '');
  return new Map(
    text.split('\n').flatMap((line) => {
      const [token, name] = line.split(',');
      return token && name ? [[name, token] as const] : [];
    }),
  );
}

async function exists(path: string): Promise<boolean> {
  return readFile(path).then(
    () => true,
    () => false,
  );
}
