/** What names the items of a list: the merge keys of Kubernetes' own types, and names elsewhere. */
import { isRecord } from '../object/is-record.ts';

/** By the name of the list, where a plain `name` would be wrong or absent (x-kubernetes-list-map-keys of the built-in kinds). */
const mergeKeys: Record<string, readonly string[][]> = {
  ports: [['containerPort'], ['containerPort', 'protocol'], ['port'], ['port', 'protocol']],
  volumeMounts: [['mountPath']],
  volumeDevices: [['devicePath']],
  hostAliases: [['ip']],
  topologySpreadConstraints: [['topologyKey'], ['topologyKey', 'whenUnsatisfiable']],
  conditions: [['type']],
  ownerReferences: [['uid']],
};

const usualKeys: readonly string[][] = [['name'], ['key'], ['host'], ['type'], ['id']];

/** The fields whose values tell all items of both lists apart; null: nothing does, only the position. */
export function itemName(path: string, from: readonly unknown[], to: readonly unknown[]): readonly string[] | null {
  const list = path.match(/(\w+)$/)?.[1] ?? '';
  return (mergeKeys[list] ?? usualKeys).find((fields) => tellsApart(from, fields) && tellsApart(to, fields)) ?? null;
}

/** `name=web`, `containerPort=53,protocol=UDP` → item. */
export function nameItems(items: readonly unknown[], fields: readonly string[]): Map<string, unknown> {
  return new Map(
    items.map((item) => [
      fields.map((field) => `${field}=${String(isRecord(item) ? item[field] : '')}`).join(','),
      item,
    ]),
  );
}

/** The first field must be there; a further one may be left to its default. */
function tellsApart(items: readonly unknown[], fields: readonly string[]): boolean {
  const [first = ''] = fields;
  const named = items.every(
    (item) => isRecord(item) && (typeof item[first] === 'string' || typeof item[first] === 'number'),
  );
  return named && nameItems(items, fields).size === items.length;
}
