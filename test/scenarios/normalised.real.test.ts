/** Table: what the API server writes down in its own way is no difference: applied once, it is neither planned nor healed again. */
import { deepEqual, equal, match, notEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { changesOf, isApplying } from '../../lib/core/plan/plan.ts';
import { planApplication } from '../../lib/flow/plan-application.ts';
import { sharedControlPlane } from '../support/control-plane.ts';
import { openHouse, type TestHouse } from '../support/open-house.ts';

const plane = sharedControlPlane();

const pod = (more: string) => `
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: nginx:1.27
          ${more}`;
const deployment = (more: string, spec = '') => `apiVersion: apps/v1
kind: Deployment
metadata: {name: NAME}
spec:
  selector: {matchLabels: {app: web}}
  ${spec}
  template:${pod(more)}
`;
const service = (spec: string) => `apiVersion: v1\nkind: Service\nmetadata: {name: NAME}\nspec: ${spec}\n`;
const config = (rest: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: NAME${rest}\n`;

const cases: [it: string, manifest: string][] = [
  [
    'quantities',
    deployment('resources: {requests: {cpu: 1000m, memory: 1024Mi}, limits: {cpu: "2.50", memory: 0.5Gi}}').replace(
      '1024Mi',
      '0.25Gi',
    ),
  ],
  ['a quantity written as a number', deployment('resources: {limits: {cpu: 1, memory: 536870912}}')],
  ['the protocol of ports', deployment('ports: [{containerPort: 80}, {containerPort: 53, protocol: UDP}]')],
  [
    'probes and ports that are names or numbers',
    deployment(
      'ports: [{name: http, containerPort: 80}]\n          livenessProbe: {httpGet: {port: http, path: /}}\n          readinessProbe: {tcpSocket: {port: 80}}',
    ),
  ],
  [
    'a rolling update in per cent and in numbers',
    deployment('env: []', 'strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 25%}}'),
  ],
  [
    'empty maps and lists',
    deployment(
      'resources: {}\n          env: []\n          volumeMounts: []\n          securityContext: {}',
      'strategy: {}',
    ).replace('labels: {app: web}', 'labels: {app: web}, annotations: {}'),
  ],
  [
    'fields that are null',
    deployment('command: null\n          resources: null\n          env:', 'replicas: null').replace(
      'template:\n    metadata: {',
      'template:\n    metadata: {creationTimestamp: null, ',
    ),
  ],
  [
    'creationTimestamp: null and a status, as dumps have them',
    `${deployment('env: [{name: A, value: ""}]').replace('metadata: {name: NAME}', 'metadata: {name: NAME, creationTimestamp: null, generation: 3}')}status: {}\n`,
  ],
  [
    'an empty variable, one from a field',
    deployment('env: [{name: A}, {name: B, value: ""}, {name: C, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]'),
  ],
  [
    'ports of a Service, and its addresses',
    service(
      '{selector: {app: web}, ports: [{port: 80, targetPort: http}, {name: dns, port: 53, protocol: UDP}]}',
    ).replace('{port: 80,', '{name: http, port: 80,'),
  ],
  ['a NodePort that the server chooses', service('{type: NodePort, selector: {app: web}, ports: [{port: 80}]}')],
  ['a headless Service', service('{clusterIP: None, selector: {app: web}, ports: [{port: 80}]}')],
  [
    'a Service without a selector, and one elsewhere',
    `${service('{ports: [{port: 80}]}')}---\napiVersion: v1\nkind: Service\nmetadata: {name: NAME-away}\nspec: {type: ExternalName, externalName: example.com}\n`,
  ],
  [
    'stringData',
    'apiVersion: v1\nkind: Secret\nmetadata: {name: NAME}\ntype: Opaque\nstringData: {a: "1", b: ""}\ndata: {c: eA==}\n',
  ],
  [
    'a Secret without a type, and base64 in lines',
    `apiVersion: v1\nkind: Secret\nmetadata: {name: NAME}\ndata:\n  long: |\n    ${'YWFh'.repeat(20)}\n    ${'YmJi'.repeat(4)}\n`,
  ],
  [
    'binaryData and text with ends of lines',
    config('}\nbinaryData: {a: AAE=}\ndata: {b: "x\\r\\ny\\n", c: |-\n    one\n    two\n}').replace(
      'c: |-\n    one\n    two\n',
      'c: "one"',
    ),
  ],
  [
    'a StatefulSet and its claims',
    `apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: NAME}\nspec:\n  serviceName: web\n  selector: {matchLabels: {app: web}}\n  volumeClaimTemplates:\n    - metadata: {name: data, creationTimestamp: null}\n      spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1024Mi}}}\n  template:${pod('volumeMounts: [{name: data, mountPath: /data}]')}\n`,
  ],
  [
    'a DaemonSet with defaults',
    `apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: NAME}\nspec:\n  selector: {matchLabels: {app: web}}\n  template:${pod('imagePullPolicy: Always')}\n`,
  ],
  [
    'a CronJob with defaults',
    `apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: NAME}\nspec:\n  schedule: "0 0 1 1 *"\n  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: web, image: "nginx:1.27"}]}}}}\n`,
  ],
  [
    'a disruption budget',
    'apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: NAME, creationTimestamp: null}\nspec: {maxUnavailable: 30%, selector: {matchLabels: {app: web}}}\n',
  ],
  [
    'the metrics of an autoscaler in another order',
    'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: NAME}\nspec:\n  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}\n  maxReplicas: 3\n  metrics:\n    - {type: Resource, resource: {name: memory, target: {type: AverageValue, averageValue: 0.5Gi}}}\n    - {type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}}\n',
  ],
  [
    'a Role without rules, and one with an empty group',
    'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: NAME}\nrules: []\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: NAME-some}\nrules: [{apiGroups: [""], resources: [configmaps], verbs: [get]}]\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: NAME}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: NAME-some}\nsubjects: [{kind: ServiceAccount, name: default}]\n',
  ],
  [
    'a Role with rules: null',
    'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: NAME}\nrules: null\n',
  ],
  [
    'an Ingress',
    'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: NAME}\nspec: {rules: [{host: a.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]}\n',
  ],
  [
    'a NetworkPolicy',
    'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: NAME}\nspec: {podSelector: {}, ingress: [{from: [], ports: [{port: 80}]}], egress: [{}]}\n',
  ],
  [
    'a claim, limits and a quota',
    'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: NAME}\nspec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 0.5Gi}}}\n---\napiVersion: v1\nkind: LimitRange\nmetadata: {name: NAME}\nspec: {limits: [{type: Container, default: {cpu: 2000m, memory: 1024Mi}, defaultRequest: {cpu: "0.1"}}]}\n---\napiVersion: v1\nkind: ResourceQuota\nmetadata: {name: NAME}\nspec: {hard: {requests.cpu: "100.0", pods: "500"}}\n',
  ],
  [
    'a ServiceAccount without anything',
    'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: NAME}\nautomountServiceAccountToken: false\nimagePullSecrets: []\n',
  ],
  [
    'numbers and durations of a custom resource',
    'apiVersion: normalised.example.com/v1\nkind: Widget\nmetadata: {name: NAME}\nspec: {port: "80", other: 8080, size: 0.5Gi, timeout: 60s, every: 1m0s, free: {a: {}, b: [], c: null, d: 1.50, e: [1, 2]}, ratio: 1.0, count: 3}\n',
  ],
];

const definition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.normalised.example.com}
spec:
  group: normalised.example.com
  scope: Namespaced
  names: {plural: widgets, singular: widget, kind: Widget}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
                port: {x-kubernetes-int-or-string: true}
                other: {x-kubernetes-int-or-string: true}
                size: {type: string}
                timeout: {type: string, format: duration}
                every: {type: string, format: duration}
                free: {type: object, x-kubernetes-preserve-unknown-fields: true}
                ratio: {type: number}
                count: {type: integer, format: int64, default: 3}
                mode: {type: string, default: plain}
`;

const applications = cases.map(([it, manifest], index) => ({ it, name: `case-${index}`, manifest }));

/** The same objects, and one label that the round before did not have. */
function commitOf(round: number): Record<string, string> {
  const labels = round === 1 ? '' : 'labels: {round: "2"}, ';
  // Nothing of this would ever be ready here.
  const marks = `annotations: {argocd.argoproj.io/ignore-healthcheck: "true"}, ${labels}`;
  return Object.fromEntries(
    applications.map(({ name, manifest }) => {
      const marked = manifest.replaceAll('metadata: {name: NAME', `metadata: {${marks}name: NAME`);
      return [`${name}/all.yaml`, marked.replaceAll('app: web', 'app: NAME').replaceAll('NAME', name)];
    }),
  );
}

/** By somebody who is no person, so that every object is looked at again and none of it has drifted. */
async function touch(house: TestHouse): Promise<void> {
  const kinds = [
    ...new Set(cases.flatMap(([, manifest]) => [...manifest.matchAll(/^kind: (\w+)/gm)].map(([, kind]) => kind))),
  ];
  await house.kubectl('label', kinds.join(','), '--all', 'seen=1', '--field-manager=some-operator');
}

test('normalised', async (t) => {
  const house = await openHouse(t, plane);
  await house.kubectlApply(definition);
  t.after(() => house.kubectl('delete', 'crd', 'widgets.normalised.example.com'));
  await house.kubectl('wait', '--for=condition=Established', 'crd/widgets.normalised.example.com');
  await house.push(commitOf(1));
  await house.writeApplications(Object.fromEntries(applications.map(({ name }) => [name, { path: name }])));
  await house.work();
  await touch(house);
  await house.sweep();
  const events = await house.events();
  await house.push(commitOf(2));
  for (const { it, name } of applications)
    await t.test(it, async () => {
      const { state } = await house.entry(name);
      deepEqual([state.condition, state.sync, state.drifted], [null, 'Synced', []]);
      deepEqual(
        events.filter(({ application, type }) => application === name && type === 'drift.found'),
        [],
      );
      const changes = changesOf(await planApplication(name, house.ports));
      notEqual(changes.length, 0);
      deepEqual(
        changes.map((change) => isApplying(change) && change.diff.map(({ path }) => path.replace(/\.round$/, ''))),
        changes.map(() => ['metadata.labels']),
      );
    });
});

test('normalised: base64 that is none is refused with its place, and without its value', async (t) => {
  const house = await openHouse(t, plane);
  await house.push({ 'web.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: web}\ndata: {a: "can@ry!"}\n' });
  await house.follow();
  const { condition } = (await house.entry()).state;
  equal(condition?.facts.file, 'web.yaml', JSON.stringify(condition));
  match(condition?.message ?? '', /Secret .*web/);
  equal(JSON.stringify([condition, await house.events()]).includes('can@ry'), false);
});
