/** Registers the one node that kwok pretends to run, big enough for everything a test or a bench schedules. */
import { Fault } from '../../../lib/core/fault/fault.ts';
import { apiRequest } from './api-request.ts';
import type { Access } from './kubeconfig.ts';

const room = { cpu: '64', memory: '256Gi', pods: '20000' };

export async function registerFakeNode(access: Access): Promise<void> {
  const answer = await apiRequest(access, '/api/v1/nodes', {
    method: 'POST',
    body: {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'kwok-0', labels: { type: 'kwok' }, annotations: { 'kwok.x-k8s.io/node': 'fake' } },
      status: { allocatable: room, capacity: room },
    },
  });
  const registered = answer.status === 201 || answer.status === 409;
  if (!registered)
    throw new Fault('local.start_failed', { program: 'the simulated node', log: 'none', because: answer.body });
}
