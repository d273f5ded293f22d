/** The repository every GitHost is asked about, and the bounds it is asked under. */
import { randomBytes } from 'node:crypto';
import type { FileLimits } from '../../lib/core/render/source-files.ts';
import type { CommitToWrite } from './git-repository.ts';

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
