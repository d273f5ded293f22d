import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git } from '../../../infra/local/git-server/git.ts';
import { startGitServer } from '../../../infra/local/git-server/git-server.ts';
import { gitHost } from '../../../lib/adapters/git/git-host.ts';
import { gitHostContract } from '../../contracts/git-host.contract.ts';
import type { GitHostUnderTest } from '../../contracts/git-host.fixture.ts';

const token = 'the token of the tests';

/** `filter`: whether the server sends trees without files, as the big hosts do and a plain `git http-backend` does not. */
async function start({ filter }: { filter: boolean }): Promise<GitHostUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), 'trueup-git-'));
  const server = await startGitServer({ folder, token });
  const hostWithToken = (given: string) =>
    gitHost({ url: server.url, token: async () => given, cacheBytes: 0, timeoutMs: 20_000 });
  return {
    host: () => hostWithToken(token),
    hostWithToken,
    async createRepository(name) {
      const repository = await server.createRepository(name);
      await git(repository.folder, 'config', 'uploadpack.allowFilter', String(filter));
      return repository;
    },
    missingURL: `${server.url}/org/nowhere.git`,
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

gitHostContract('git', () => start({ filter: false }));
gitHostContract('git, trees first', () => start({ filter: true }));
