/** Finds sync options that nobody acts on: Argo CD passes over a misspelt one in silence. */
import { nearestName } from '../config/nearest-name.ts';
import { syncOptions } from './sync-options.ts';

/** One sentence for each. */
export function checkSyncOptions(written: readonly string[], place: 'application' | 'object'): string[] {
  return written.flatMap((option) => {
    const [name = '', value] = option.trim().split('=');
    const known = syncOptions[name];
    if (known === undefined) {
      const nearest = nearestName(name, Object.keys(syncOptions));
      return [`the sync option ${option} is not known${nearest === null ? '' : `; did you mean ${nearest}?`}`];
    }
    if (value === undefined) return [`the sync option ${option} has no value: write ${option}=true`];
    if (!known.values.includes(value))
      return [`the sync option ${option} is not known; ${name} is one of ${known.values.join(', ')}`];
    if (place === 'object' && known.place === 'application')
      return [`the sync option ${option} counts on an Application only (spec.syncPolicy.syncOptions)`];
    return name === 'ServerSideApply' && value === 'false' ? [withoutServerSideApply] : [];
  });
}

const withoutServerSideApply =
  'the sync option ServerSideApply=false is not acted on: Trueup always applies on the server side; Replace=true writes the whole object instead';
