/** Tells writers that are people with a tool from controllers, by the field manager they write as. */
import type { HandEdit } from '../event/event.ts';
import type { ManagedFieldsEntry } from '../object/kubernetes-object.ts';

/** Managers that stand for a person; `*` at the end matches any rest. */
export const defaultHandTools: readonly string[] = [
  'kubectl*',
  'k9s*',
  'Lens*',
  'node-fetch',
  'headlamp*',
  'Mozilla',
  'freelens*',
];

/** Entries on `status` are a controller's even when a person sent them; `scale` is how `kubectl scale` writes. */
export function isHandEdit(entry: ManagedFieldsEntry, tools: readonly string[] = defaultHandTools): boolean {
  if (entry.subresource !== undefined && entry.subresource !== '' && entry.subresource !== 'scale') return false;
  return tools.some((tool) =>
    tool.endsWith('*') ? entry.manager.startsWith(tool.slice(0, -1)) : entry.manager === tool,
  );
}

/** Newest first. `kubectl (scale)` where the subresource says more than the manager. */
export function handEdits(entries: readonly ManagedFieldsEntry[]): HandEdit[] {
  return entries
    .map(({ manager, subresource, time }) => ({
      manager: subresource ? `${manager} (${subresource})` : manager,
      at: time ?? '',
    }))
    .sort((a, b) => (a.at < b.at ? 1 : -1));
}
