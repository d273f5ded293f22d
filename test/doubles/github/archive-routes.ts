/** The archive of a commit, by way of a redirect as at GitHub. Made by `git archive`, attributes and all. */
import { spawn } from 'node:child_process';
import { Readable } from 'node:stream';
import type { Hono } from 'hono';
import { gitEnvironment } from '../../../infra/local/git-server/git.ts';
import { repositoryFolder } from './repository-folder.ts';

export function archiveRoutes(api: Hono, root: string): void {
  api.get('/repos/:owner/:repo/tarball/:ref', async (context) => {
    const { git, api: url } = repositoryFolder(context, root);
    const sha = (await git('rev-parse', '--verify', `${context.req.param('ref')}^{commit}`))?.trim();
    return sha ? context.redirect(`${url}/legacy.tar.gz/${sha}`) : context.json({ message: 'Not Found' }, 404);
  });

  api.get('/repos/:owner/:repo/legacy.tar.gz/:sha', (context) => {
    const { folder, name } = repositoryFolder(context, root);
    const sha = context.req.param('sha');
    const prefix = `--prefix=${name.replace('/', '-')}-${sha.slice(0, 7)}/`;
    const args = ['-c', 'safe.directory=*', 'archive', '--format=tar.gz', prefix, sha];
    const child = spawn('git', args, { cwd: folder, env: gitEnvironment, stdio: ['ignore', 'pipe', 'ignore'] });
    const body = new ReadableStream<Uint8Array>({
      async start(controller) {
        for await (const chunk of Readable.from(child.stdout)) controller.enqueue(chunk);
        controller.close();
      },
      cancel: () => void child.kill(),
    });
    return new Response(body, { headers: { 'content-type': 'application/x-gzip' } });
  });
}
