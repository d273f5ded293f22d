/** Two projects read one repository, each with its own credential: neither sees what only the other's shows. */
import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { planApplication } from '../../lib/flow/plan-application.ts';
import { readingAs } from '../../lib/flow/reading-as.ts';
import { requestSync } from '../../lib/flow/request-sync.ts';
import type { Ports } from '../../lib/ports/ports.ts';
import { exampleApplication } from '../contracts/example-application.ts';
import { type MemoryHouse, memoryHouse } from './memory-house.ts';

/** The host answers the project `shop` with what it was pushed, and lets nobody else see more than an empty repository. */
async function house(): Promise<{ house: MemoryHouse; readBy: Set<string> }> {
  const made = await memoryHouse();
  const { gitHost }: Pick<Ports, 'gitHost'> = made.ports;
  const readBy = new Set<string>();
  made.ports.readerOf = (_, project) => (project === 'default' ? 'default' : null);
  made.ports.gitHost = (repoURL, project) => {
    readBy.add(project ?? 'nobody');
    const host = gitHost(repoURL);
    if (project === 'default') return host;
    return { ...host, heads: async () => ({ branches: {}, tags: {}, defaultBranch: 'main', etag: '"none"' }) };
  };
  const other = exampleApplication({ name: 'web', project: 'web', destination: { name: 'prod', namespace: 'web' } });
  await made.ports.applications.put(other, { cluster: 'prod', leaving: false });
  const rules = await made.ports.fleetRules.get();
  const projects = rules.projects.flatMap((project) => [project, { ...project, name: 'web' }]);
  await made.ports.fleetRules.put({ ...rules, projects });
  return { house: made, readBy };
}

test('reading-as: a push is followed by the Application of the project whose credential shows it', async () => {
  const { house: its, readBy } = await house();
  its.push({ 'ConfigMap a': '1' });
  await its.follow();
  deepEqual(its.cluster.values(), { 'ConfigMap shop/a': '1' });
  deepEqual([...readBy].toSorted(), ['default', 'web'], 'and nobody reads for no project');
});

test('reading-as: heads that one project was shown are no answer for another', async () => {
  const { house: its } = await house();
  its.push({ 'ConfigMap a': '1' });
  await its.follow();
  const web = await its.ports.applications.get('web');
  equal(web?.state.condition?.code, 'git.revision_not_found');
  equal(JSON.stringify(web.state.condition).includes('main'), true, 'what it asked for');
  equal(web.state.synced, null);
});

for (const { it, ask } of [
  { it: 'a plan', ask: (ports: Ports) => planApplication('web', ports) },
  { it: 'a sync of a branch', ask: (ports: Ports) => requestSync('web', { who: 'ann', revision: 'main' }, ports) },
])
  test(`reading-as: ${it} reads as its project does`, async () => {
    const { house: its, readBy } = await house();
    its.push({ 'ConfigMap a': '1' });
    await its.follow();
    readBy.clear();
    const refused = await ask(its.ports).catch(({ code }: { code: string }) => code);
    deepEqual([refused, [...readBy]], ['git.revision_not_found', ['web']]);
  });

test('reading-as: ports that read as one project can be made to read as another, and as that alone', async () => {
  const { house: its, readBy } = await house();
  its.push({ 'ConfigMap a': '1' });
  await its.follow();
  readBy.clear();
  const both = readingAs('default', readingAs('web', its.ports));
  equal((await both.repositories.get(its.repoURL))?.heads.branches.main !== undefined, true);
  const web = readingAs('web', readingAs('default', its.ports));
  deepEqual((await web.repositories.get(its.repoURL))?.heads.branches, {});
  web.gitHost(its.repoURL);
  deepEqual([...readBy], ['web']);
});
