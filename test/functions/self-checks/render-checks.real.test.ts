/** The real programs render what the self-test gives them. */
import { doesNotReject } from 'node:assert/strict';
import test from 'node:test';
import { renders } from '../../../functions/self-checks/render-checks.ts';
import { wireRenderer } from '../../../functions/wire/wire-renderer.ts';
import { findTools } from '../../../infra/local/tools.ts';
import type { Config } from '../../../lib/core/config/config.ts';

const limits: Config['render'] = { allowHosts: [], timeoutMs: 60_000, maxOutputBytes: 1_000_000 };

for (const { check, attempt } of renders({ renderer: wireRenderer(findTools, limits) }))
  test(`render-checks: it really ${check}`, () => doesNotReject(attempt()));
