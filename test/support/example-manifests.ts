/** Manifests that scenarios push. */
export function deployment({ name = 'web', replicas = 2, image = 'nginx:1.27', more = '' } = {}): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      containers:
        - name: web
          image: ${image}
          args: [serve, --quiet]
          env: [{name: A, value: "1"}]
          ports: [{containerPort: 80}]
          resources: {requests: {cpu: 100m}}
${more}`;
}

export function configMap(name = 'settings', value = 'v'): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {k: ${value}}\n`;
}

/** The same in a wave; for manifests whose metadata is written in flow style. */
export function inWave(wave: number, manifest: string): string {
  return manifest.replace('metadata: {', `metadata: {annotations: {argocd.argoproj.io/sync-wave: "${wave}"}, `);
}

export function secret(name = 'login', password = 'correct-horse'): string {
  return `apiVersion: v1\nkind: Secret\nmetadata: {name: ${name}}\nstringData: {password: ${password}}\n`;
}

export const service = `apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;

export function customResource(group: string): string {
  return `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: foos.${group}}
spec:
  group: ${group}
  scope: Namespaced
  names: {kind: Foo, plural: foos}
  versions:
    - name: v1
      served: true
      storage: true
      schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {a: {type: string}}}}}}
---
apiVersion: ${group}/v1
kind: Foo
metadata: {name: first}
spec: {a: b}
`;
}

/** What many GitOps tutorials print: no selector, no labels on the pods. The API server refuses it. */
export const tutorialDeployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 3
  template:
    spec:
      containers:
        - name: web
          image: nginx
`;
