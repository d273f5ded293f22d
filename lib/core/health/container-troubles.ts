/** What keeps the containers of one pod from running and being ready, read from their states. */
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import { countAt, fieldAt, listAt, numberAt, textAt } from './read-field.ts';

export type Trouble = {
  kind: 'crash' | 'image' | 'setup' | 'unschedulable' | 'failed' | 'probe' | 'creating';
  /** null: the pod as a whole. */
  container: string | null;
  reason: string;
  /** The sentence after the name of the container or pod. */
  says: string;
  hasLog: boolean;
};

/** A container's `status` as the kubelet reports it, beside its `spec`. */
type Container = { name: string; spec: unknown; status: unknown };

const imageReasons = [
  'ImagePullBackOff',
  'ErrImagePull',
  'ErrImageNeverPull',
  'InvalidImageName',
  'ImageInspectError',
  'RegistryUnavailable',
];
const setupReasons = [
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
  'PreCreateHookError',
  'PostStartHookError',
];

export function containerTroubles(pod: KubernetesObject): Trouble[] {
  return containersOf(pod).flatMap((container) => {
    const trouble = waitingTrouble(container) ?? endedTrouble(container) ?? probeTrouble(container);
    return trouble === null ? [] : [{ ...trouble, container: container.name }];
  });
}

function containersOf(pod: KubernetesObject): Container[] {
  const specs = [...listAt(pod, 'spec', 'initContainers'), ...listAt(pod, 'spec', 'containers')];
  const statuses = [...listAt(pod, 'status', 'initContainerStatuses'), ...listAt(pod, 'status', 'containerStatuses')];
  return statuses.map((status) => {
    const name = textAt(status, 'name');
    return { name, status, spec: specs.find((spec) => spec.name === name) };
  });
}

function waitingTrouble({ status, spec }: Container): Trouble | null {
  const reason = textAt(status, 'state', 'waiting', 'reason');
  const message = textAt(status, 'state', 'waiting', 'message');
  if (reason === 'CrashLoopBackOff') return crash(status, reason);
  if (imageReasons.includes(reason)) {
    const image = textAt(spec, 'image') || textAt(status, 'image');
    return {
      kind: 'image',
      container: null,
      reason,
      says: `cannot get its image ${image}: ${message || reason}`,
      hasLog: false,
    };
  }
  if (setupReasons.includes(reason)) {
    return { kind: 'setup', container: null, reason, says: `cannot be started: ${message || reason}`, hasLog: false };
  }
  if (reason === 'ContainerCreating') {
    const says = 'is still being created: the events of the pod tell which volume or secret it waits for';
    return { kind: 'creating', container: null, reason, says, hasLog: false };
  }
  return null;
}

function endedTrouble({ status }: Container): Trouble | null {
  const terminated = fieldAt(status, 'state', 'terminated');
  if (terminated === undefined || numberAt(terminated, 'exitCode') === 0) return null;
  return crash(status, textAt(terminated, 'reason') || 'Error');
}

/** `reason` gives way to OOMKilled: that the container starts again later is not why it ended. */
function crash(status: unknown, reason: string): Trouble {
  const end = fieldAt(status, 'state', 'terminated') ?? fieldAt(status, 'lastState', 'terminated');
  const restarts = countAt(status, 'restartCount');
  const times = sayRestarts(restarts);
  if (textAt(end, 'reason') === 'OOMKilled') {
    const says = `was killed because it used more memory than its limit${times}`;
    return { kind: 'crash', container: null, reason: 'OOMKilled', says, hasLog: true };
  }
  const code = numberAt(end, 'exitCode');
  const message = textAt(end, 'message').trim();
  const how = `${code === null ? '' : ` with exit code ${code}`}${times}${message === '' ? '' : `: ${message}`}`;
  return {
    kind: 'crash',
    container: null,
    reason,
    says: restarts === 0 ? `ended${how}` : `keeps ending${how}`,
    hasLog: true,
  };
}

function probeTrouble({ status, spec }: Container): Trouble | null {
  if (fieldAt(status, 'state', 'running') === undefined || fieldAt(status, 'ready') === true) return null;
  const started = fieldAt(status, 'started') !== false;
  const [name, probe] = started
    ? ['readiness', fieldAt(spec, 'readinessProbe')]
    : ['startup', fieldAt(spec, 'startupProbe')];
  if (probe === undefined) return null;
  const says = `runs, but its ${name} probe ${sayProbe(probe)} does not succeed${sayRestarts(countAt(status, 'restartCount'))}`;
  return {
    kind: 'probe',
    container: null,
    reason: `${started ? 'Readiness' : 'Startup'}ProbeFailing`,
    says,
    hasLog: true,
  };
}

function sayRestarts(restarts: number): string {
  return restarts === 0 ? '' : `, restarted ${restarts} ${restarts === 1 ? 'time' : 'times'}`;
}

function sayProbe(probe: unknown): string {
  const http = fieldAt(probe, 'httpGet');
  if (http !== undefined) return `(GET :${String(fieldAt(http, 'port'))}${textAt(http, 'path') || '/'})`;
  const tcp = fieldAt(probe, 'tcpSocket');
  if (tcp !== undefined) return `(TCP port ${String(fieldAt(tcp, 'port'))})`;
  const grpc = fieldAt(probe, 'grpc');
  return grpc === undefined ? '(a command)' : `(gRPC port ${String(fieldAt(grpc, 'port'))})`;
}
