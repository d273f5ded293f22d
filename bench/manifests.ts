/** The objects every contender is given: half Deployments without pods, so that the scheduler is not measured, half ConfigMaps. */
import { dump } from 'js-yaml';
import type { KubernetesObject } from '../lib/core/object/kubernetes-object.ts';

export const objectCount = 1_000;

export function benchObjects(): KubernetesObject[] {
  return Array.from({ length: objectCount }, (_, index) => (index % 2 === 0 ? deployment(index) : configMap(index)));
}

/** One object a file, as people write them. */
export function filesOf(objects: readonly KubernetesObject[]): Record<string, string> {
  return Object.fromEntries(objects.map((object) => [fileOf(object), dump(object)]));
}

/** The one line that is pushed: the nth Deployment gets another image. */
export function withNewImage(objects: readonly KubernetesObject[], index: number, tag: string): KubernetesObject[] {
  return objects.map((object, at) => (at === index * 2 ? deployment(at, tag) : object));
}

function fileOf({ kind, metadata }: KubernetesObject): string {
  return `deploy/${metadata.name}-${kind.toLowerCase()}.yaml`;
}

function deployment(index: number, tag = '1.27'): KubernetesObject {
  const name = `web-${index}`;
  const container = {
    name: 'web',
    image: `nginx:${tag}`,
    ports: [{ containerPort: 80 }],
    env: [
      { name: 'GREETING', value: 'hello' },
      { name: 'INDEX', value: String(index) },
    ],
    resources: { requests: { cpu: '100m', memory: '64Mi' } },
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels: { app: name } },
    spec: {
      replicas: 0,
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: { containers: [container] } },
    },
  };
}

function configMap(index: number): KubernetesObject {
  const name = `settings-${index}`;
  const data = { 'app.properties': `index=${index}\ncolour=blue\n`, level: 'info' };
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, labels: { app: name } }, data };
}
