import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { lineOf } from '../../../lib/core/yaml/line-of.ts';

const text = `# shop
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  template:
    spec:
      containers:
        - name: web
          image: nginx
        - name: log
          image: busybox
---
apiVersion: v1
kind: List
items:
  - kind: ConfigMap
    data:
      a: b
  - kind: ConfigMap
    data:
      c: d
`;

for (const { it, document, path, line } of [
  { it: 'the line of a key', document: 2, path: ['spec', 'replicas'], line: 6 },
  {
    it: 'the line of a field of a list item',
    document: 2,
    path: ['spec', 'template', 'spec', 'containers', 1, 'image'],
    line: 13,
  },
  {
    it: 'the nearest parent of a field that is missing',
    document: 2,
    path: ['spec', 'selector', 'matchLabels'],
    line: 5,
  },
  { it: 'the document where nothing of the path is there', document: 2, path: ['status'], line: 2 },
  { it: 'a field of an item of a List', document: 21, path: ['data', 'c'], line: 23 },
  { it: 'the second document by its own line', document: 15, path: ['kind'], line: 16 },
]) {
  test(`line-of finds ${it}`, () => equal(lineOf(text, document, path), line));
}
