/** A small Git server over bare repositories, for the demo and the tests: smart HTTP, a token, signed push webhooks. */
import { timingSafeEqual } from 'node:crypto';
import { access, mkdir } from 'node:fs/promises';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { describePush } from './describe-push.ts';
import { git } from './git.ts';
import { httpBackend } from './http-backend.ts';
import { pushedRefs, readRefs } from './pushed-refs.ts';
import { type PushHook, type SentPush, sendPush } from './send-push.ts';

export type GitServerOptions = {
  /** Holds the bare repositories: `NAME.git`. */
  folder: string;
  /** 0 or none: any free one. */
  port?: number;
  onPush?: readonly PushHook[];
  /** Asked for as the password of Basic authentication; without it everybody may read and push. */
  token?: string;
  /** Every delivery that was tried, also those that failed. */
  onSent?(sent: SentPush): void;
  /** Answers what is not Git; the double of GitHub puts its API here. */
  other?: RequestListener;
};

export type GitServer = {
  url: string;
  /** `org/app` → its clone URL and its folder. What exists is left as it is. */
  createRepository(name: string): Promise<{ url: string; folder: string }>;
  /** From now on pushes go there too; the same URL again gets a new secret. */
  addHook(hook: PushHook): void;
  /** Ends when all deliveries are done. */
  stop(): Promise<void>;
};

const gitPath = /^\/([\w.-]+(?:\/[\w.-]+)*?)\.git\/(info\/refs|git-upload-pack|git-receive-pack)$/;

/** Listens on 127.0.0.1 only. */
export async function startGitServer(options: GitServerOptions): Promise<GitServer> {
  let hooks = [...(options.onPush ?? [])];
  const deliveries = new Set<Promise<void>>();
  const turns = new Map<string, Promise<void>>();

  const announce = async (name: string, folder: string, push: () => Promise<void>, pusher: string) => {
    const before = await readRefs(folder);
    await push();
    const changed = pushedRefs(before, await readRefs(folder));
    const repository = { name, folder, cloneURL: `${url}/${name}.git` };
    for (const ref of changed) {
      const body = await describePush(repository, ref, pusher);
      for (const hook of hooks.filter((each) => (each.repository ?? name) === name)) {
        const delivery = sendPush(hook, body).then((sent) => options.onSent?.(sent));
        deliveries.add(delivery);
        void delivery.finally(() => deliveries.delete(delivery));
      }
    }
  };

  const listener = async (request: IncomingMessage, response: ServerResponse) => {
    const [, name = '', service] = gitPath.exec(new URL(request.url ?? '/', 'http://127.0.0.1').pathname) ?? [];
    const folder = join(options.folder, `${name}.git`);
    const user = userOf(request, options.token);
    if (service === undefined) return options.other ? options.other(request, response) : response.writeHead(404).end();
    if (user === null) return response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
    if (!(await exists(folder))) return response.writeHead(404).end();
    const answer = () => httpBackend(request, response, { folder: options.folder, user });
    if (service !== 'git-receive-pack') return answer();
    // One push at a time, or the refs before and after would be those of two pushes.
    const turn = (turns.get(name) ?? Promise.resolve()).then(() => announce(name, folder, answer, user));
    turns.set(
      name,
      turn.catch(() => {}),
    );
    return turn;
  };

  const server = createServer((request, response) => {
    listener(request, response).catch(() => {
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : options.port}`;

  return {
    url,
    async createRepository(name) {
      const folder = join(options.folder, `${name}.git`);
      await mkdir(folder, { recursive: true });
      if (!(await exists(join(folder, 'HEAD')))) {
        await git(folder, 'init', '--quiet', '--bare', '--initial-branch=main');
        await git(folder, 'config', 'http.receivepack', 'true');
      }
      return { url: `${url}/${name}.git`, folder };
    },
    addHook(hook) {
      const others = hooks.filter(({ url, repository }) => url !== hook.url || repository !== hook.repository);
      hooks = [...others, hook];
    },
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await Promise.all([...turns.values()]);
      await Promise.all(deliveries);
    },
  };
}

/** null: the token is wrong. The name is whatever the client says. */
function userOf({ headers }: IncomingMessage, token: string | undefined): string | null {
  const [, encoded = ''] = /^Basic (.+)$/.exec(headers.authorization ?? '') ?? [];
  const [name = '', ...password] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  const given = Buffer.from(password.join(':'));
  if (token !== undefined && (given.length !== token.length || !timingSafeEqual(given, Buffer.from(token))))
    return null;
  return name || 'anonymous';
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
