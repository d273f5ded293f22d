/** The register of Applications in DynamoDB. */
import { createHash } from 'node:crypto';
import type { Application } from '../../core/application/application.ts';
import type { Applications } from '../../ports/applications.ts';
import type { Clock } from '../../ports/clock.ts';
import { type Bodies, namesSameBlob } from './bodies.ts';
import { readEntries } from './entries.ts';
import type { Condition, Write } from './expressions.ts';
import { untilWritten } from './insist.ts';
import { type Item, text } from './item.ts';
import { documentKey, duePk, linkPrefix, linksPk, stateKey, workKey } from './keys.ts';
import type { Table } from './table.ts';

/** The fence outlives its Application for longer than any lease: a worker from before cannot write. */
const fenceKeptS = 24 * 60 * 60;

export function dynamoApplications(table: Table, bodies: Bodies, now: Clock): Applications {
  return {
    async put(application, options) {
      const digest = digestOf(application, options);
      await untilWritten(table.name, async () => {
        const known = await table.get(documentKey(application.name));
        if (known?.digest === digest) return 'as it was';
        const body = await bodies.pack(application);
        const links = [linksPk(application.source.repoURL)];
        const refused = await table.transact([
          { put: { ...documentKey(application.name), ...body, ...options, digest, links }, ...still(known) },
          wanting(application.name, digest),
          ...relinking(application.name, linksOf(known), links),
        ]);
        await bodies.discard(refused === null ? known : body);
        return refused === null ? 'written' : null;
      });
    },
    async remove(name) {
      await untilWritten(table.name, async () => {
        const items = await table.getMany([documentKey(name), stateKey(name)]);
        const known = items.find(({ sk }) => sk === name) ?? null;
        const state = items.find(({ sk }) => sk === 'STATE') ?? null;
        if (known === null) return 'gone';
        const refused = await table.transact([
          { remove: documentKey(name), ...still(known) },
          { remove: stateKey(name), ...namesSameBlob(state ?? {}) },
          forgetting(name, Math.ceil(now() / 1000) + fenceKeptS),
          ...relinking(name, linksOf(known), []),
        ]);
        if (refused !== null) return null;
        await bodies.discard(known);
        await bodies.discard(state);
        return 'removed';
      });
    },
    ...readEntries(table, bodies),
    async ofRepository(repoURL) {
      const values = { pk: linksPk(repoURL), prefix: linkPrefix };
      const links = await table.query({ where: '#pk = :pk AND begins_with(#sk, :prefix)', values });
      return links.map((link) => text(link, 'sk').slice(linkPrefix.length));
    },
  };
}

function digestOf(application: Application, options: { cluster: string; leaving: boolean }): string {
  const { cluster, leaving } = options;
  return createHash('sha256')
    .update(JSON.stringify([application, cluster, leaving]))
    .digest('hex');
}

/** Nobody else changed the document since it was read. */
function still(known: Item | null): Condition {
  if (known === null) return { if: 'attribute_not_exists(#pk)' };
  return { if: '#digest = :known', values: { known: text(known, 'digest') } };
}

function wanting(name: string, digest: string): Write {
  return {
    update: workKey(name),
    set: `SET #wanted = if_not_exists(#wanted, :zero) + :one, #fence = if_not_exists(#fence, :zero),
      #suspects = if_not_exists(#suspects, :none), #dueAt = :zero, #duePk = :duePk, #digest = :digest, #v = :version
      REMOVE #ttl`,
    values: { zero: 0, one: 1, none: {}, duePk: duePk('WORK', name), digest },
  };
}

function forgetting(name: string, ttl: number): Write {
  const all = '#wanted, #suspects, #dueAt, #duePk, #digest, #request, #hold, #holder, #until, #token';
  return { update: workKey(name), set: `SET #ttl = :ttl, #v = :version REMOVE ${all}`, values: { ttl } };
}

function relinking(name: string, before: readonly string[], after: readonly string[]): Write[] {
  const link = (pk: string) => ({ pk, sk: `${linkPrefix}${name}` });
  return [
    ...after.filter((pk) => !before.includes(pk)).map((pk) => ({ put: link(pk) })),
    ...before.filter((pk) => !after.includes(pk)).map((pk) => ({ remove: link(pk) })),
  ];
}

function linksOf(known: Item | null): string[] {
  return Array.isArray(known?.links) ? known.links : [];
}
