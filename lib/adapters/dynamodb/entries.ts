/** Puts together what the register says of an Application from its three items. */
import type { Application } from '../../core/application/application.ts';
import type { ApplicationState, Hold, SyncRequest } from '../../core/application/application-state.ts';
import { initialState } from '../../core/application/initial-state.ts';
import type { Suspects } from '../../core/application/suspects.ts';
import type { Applications, Entry } from '../../ports/applications.ts';
import type { Bodies } from './bodies.ts';
import { type Item, number, numberOrNull, text, textOrNull } from './item.ts';
import { documentKey, documentsPk, stateKey, workKey } from './keys.ts';
import type { Table } from './table.ts';

export function readEntries(table: Table, bodies: Bodies): Pick<Applications, 'get' | 'list'> {
  /** WORK comes first: `wanted` is never newer than what is read after it. */
  async function get(name: string): Promise<Entry | null> {
    const work = await table.get(workKey(name));
    if (work?.wanted === undefined) return null;
    const items = await table.getMany([documentKey(name), stateKey(name)]);
    const document = items.find(({ pk }) => pk === documentsPk);
    return document === undefined
      ? null
      : entry(
          work,
          document,
          items.find(({ sk }) => sk === 'STATE'),
        );
  }

  async function entry(work: Item, document: Item, known: Item | undefined): Promise<Entry | null> {
    const written = await bodies.read(document);
    if (written === null) return null;
    const application: Application = JSON.parse(written);
    const state = await stateOf(application.name, known);
    return {
      application,
      cluster: text(document, 'cluster'),
      leaving: document.leaving === true,
      wanted: number(work, 'wanted'),
      lookAt: numberOrNull(work, 'dueAt'),
      suspects: Object.keys(suspectsOf(work)),
      request: requestOf(work),
      hold: holdOf(work),
      state,
    };
  }

  async function stateOf(name: string, known: Item | undefined): Promise<ApplicationState> {
    const written = known === undefined ? null : await bodies.read(known);
    return written === null ? initialState(name) : JSON.parse(written);
  }

  return {
    get,
    /** A WORK that was read after its document was changed would have too new a `wanted`: that Application is read again. */
    async list() {
      const documents = await table.query({ where: '#pk = :pk', values: { pk: documentsPk } });
      const names = documents.map((document) => text(document, 'sk'));
      const items = await table.getMany(names.flatMap((name) => [workKey(name), stateKey(name)]));
      const byKey = new Map(items.map((item) => [`${item.sk} ${item.pk}`, item]));
      const entries = await Promise.all(
        documents.map((document) => {
          const name = text(document, 'sk');
          const work = byKey.get(`WORK ${workKey(name).pk}`);
          if (work?.digest !== document.digest || work === undefined) return get(name);
          return entry(work, document, byKey.get(`STATE ${stateKey(name).pk}`));
        }),
      );
      return entries.filter((known) => known !== null);
    },
  };
}

export function suspectsOf(work: Item): Suspects {
  const { suspects } = work;
  return typeof suspects === 'object' && suspects !== null ? Object.fromEntries(Object.entries(suspects)) : {};
}

export function requestOf(work: Item): SyncRequest | null {
  return JSON.parse(textOrNull(work, 'request') ?? 'null');
}

function holdOf(work: Item): Hold | null {
  return JSON.parse(textOrNull(work, 'hold') ?? 'null');
}
