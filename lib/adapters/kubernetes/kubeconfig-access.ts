/** Access by kubeconfig: read again when the file changed, when a token ran out, when the API server refused us. */
import { readFile, stat } from 'node:fs/promises';
import type { RequestOptions } from 'node:https';
import { Fault } from '../../core/fault/fault.ts';
import type { Access, AccessSource, TlsOptions } from '../../ports/cluster-access.ts';
import { type Kubeconfig, readKubeconfig } from './read-kubeconfig.ts';

/** Short enough that a changed kubeconfig is honoured at once, long enough that it costs nothing. */
const rememberMs = 2_000;
const execMs = 30_000;

export function kubeconfigAccess(options: { cluster: string; path: string; context?: string }): AccessSource {
  let kubeconfig: { stamp: string; read: Kubeconfig } | undefined;
  let known: { access: Access; at: number } | undefined;
  let loading: Promise<Access> | undefined;

  async function load(): Promise<Access> {
    const stamp = await stampOf(options.path);
    if (kubeconfig?.stamp !== stamp) {
      kubeconfig = { stamp, read: await readKubeconfig(options.path, options.context) };
    }
    const access = await describe(kubeconfig.read);
    known = { access, at: performance.now() };
    return access;
  }

  return {
    async current() {
      if (known !== undefined && performance.now() - known.at < rememberMs) return known.access;
      loading ??= load().finally(() => {
        loading = undefined;
      });
      return loading.catch((error: unknown) => {
        throw faultOf(error, options);
      });
    },
    renew(refused) {
      if (known?.access !== refused) return;
      known = undefined;
      kubeconfig = undefined;
    },
  };
}

class RefusedByPlugin extends Error {}

async function stampOf(path: string): Promise<string> {
  const { mtimeMs, size, ino } = await stat(path);
  return `${mtimeMs} ${size} ${ino}`;
}

async function describe({ config, server, proxy, exec, tokenFile, groups }: Kubeconfig): Promise<Access> {
  const options: RequestOptions = {};
  const applied = config.applyToHTTPSOptions(options);
  await (exec === undefined ? applied : withinTime(applied, exec));
  const headers: Access['headers'] = {};
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    if (typeof value === 'string') headers[name.toLowerCase()] = value;
  }
  if (options.auth) headers.authorization = `Basic ${Buffer.from(options.auth).toString('base64')}`;
  // As client-go: a token in the file wins over one in the kubeconfig.
  if (tokenFile !== undefined) headers.authorization = `Bearer ${(await readFile(tokenFile, 'utf8')).trim()}`;
  if (groups.length > 0) headers['impersonate-group'] = groups;
  const { origin, pathname } = new URL(server);
  const prefix = pathname.replace(/\/$/, '');
  return { origin, prefix, headers, tls: tlsOf(options), ...(proxy !== undefined && { proxy }) };
}

async function withinTime(applied: Promise<void>, command: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${execMs} ms`)), execMs);
  });
  try {
    await Promise.race([applied, late]);
  } catch (error) {
    throw new RefusedByPlugin(`the exec plugin ${command} failed: ${sentence(error)}`);
  } finally {
    clearTimeout(timer);
  }
}

function tlsOf({ ca, cert, key, servername, rejectUnauthorized }: RequestOptions): TlsOptions {
  return {
    ...(isPem(ca) && { ca }),
    ...(isPem(cert) && { cert }),
    ...(isPem(key) && { key }),
    ...(servername !== undefined && { servername }),
    ...(rejectUnauthorized !== undefined && { rejectUnauthorized }),
  };
}

function isPem(value: unknown): value is Buffer | string {
  return typeof value === 'string' || Buffer.isBuffer(value);
}

function faultOf(error: unknown, { cluster, path }: { cluster: string; path: string }): Fault {
  const because = sentence(error);
  if (error instanceof RefusedByPlugin)
    return new Fault('cluster.unauthorized', { cluster, because }, { cause: error });
  return new Fault('cluster.kubeconfig_invalid', { cluster, path, because }, { cause: error });
}

function sentence(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.trim().slice(0, 500);
}
