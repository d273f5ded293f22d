/** The repository every GitHost is asked about, and the bounds it is asked under. */
import { equal, ok, rejects } from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { Fault } from '../../lib/core/fault/fault.ts';
import type { FileLimits } from '../../lib/core/render/source-files.ts';
import type { GitHost } from '../../lib/ports/git-host.ts';
import type { CommitToWrite } from './git-repository.ts';

export type GitHostUnderTest = {
  /** With the right token, and few bytes of cache so that every test asks anew. */
  host(): GitHost;
  hostWithToken(token: string): GitHost;
  createRepository(name: string): Promise<{ url: string; folder: string }>;
  /** The URL of a repository that is not there. */
  missingURL: string;
  stop(): Promise<void>;
};

export const limits: FileLimits = { maxFiles: 1000, maxFileBytes: 1_000_000, maxTotalBytes: 5_000_000 };
export const nobody = 'deadbeef'.repeat(5);
export const binary = randomBytes(100_000);

export const files: CommitToWrite['files'] = {
  'README.md': { bytes: 'Grüße\n' },
  'deploy/nginx.yaml': { bytes: 'kind: Deployment\n' },
  'deploy/empty.yaml': { bytes: '' },
  'deploy/sub/größe.bin': { bytes: binary },
  'bin/run.sh': { bytes: '#!/bin/sh\n', mode: '100755' },
  latest: { bytes: 'deploy', mode: '120000' },
  'deploy/up': { bytes: '../../outside', mode: '120000' },
};

export function refuses(answer: Promise<unknown>, code: string): Promise<void> {
  return rejects(answer, (error) => {
    equal(error instanceof Fault ? error.code : error, code);
    ok(error instanceof Fault && !/\{\w+\}/.test(error.message + error.hint), 'every fact is filled in');
    return true;
  });
}
