import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { detectTool } from '../../../lib/core/render/detect-tool.ts';
import { plainFiles } from '../../support/plain-files.ts';

const source = { repoURL: 'https://git.example.com/shop', targetRevision: 'HEAD', path: 'app' };
const directory = { recurse: false, include: '', exclude: '' };

for (const { it, files, block, tool } of [
  { it: 'a folder of manifests', files: ['app/a.yaml'], block: {}, tool: 'directory' },
  { it: 'a chart', files: ['app/Chart.yaml'], block: {}, tool: 'helm' },
  { it: 'a kustomization', files: ['app/kustomization.yml'], block: {}, tool: 'kustomize' },
  { it: 'a kustomization in the old spelling', files: ['app/Kustomization'], block: {}, tool: 'kustomize' },
  { it: 'both: the kustomization', files: ['app/Chart.yaml', 'app/kustomization.yaml'], block: {}, tool: 'kustomize' },
  { it: 'a chart deeper down', files: ['app/x/Chart.yaml'], block: {}, tool: 'directory' },
  {
    it: 'what the Application says, whatever lies there',
    files: ['app/Chart.yaml'],
    block: { directory },
    tool: 'directory',
  },
  { it: 'a helm block before a kustomization', files: ['app/kustomization.yaml'], block: { helm: {} }, tool: 'helm' },
]) {
  test(`detect-tool sees ${it}`, () => {
    equal(detectTool(plainFiles(Object.fromEntries(files.map((path) => [path, '']))), { ...source, ...block }), tool);
  });
}
