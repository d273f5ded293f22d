/** Reads `argocd.argoproj.io/compare-options` for what is not done, or is always done, here. One sentence for each. */
import { nearestName } from '../config/nearest-name.ts';

export const compareOptionsAnnotation = 'argocd.argoproj.io/compare-options';

/** What the server makes of an object is what counts, admission webhooks included: there is no other comparison. */
const always = ['ServerSideDiff=true', 'IncludeMutationWebhook=true'];
const never = ['ServerSideDiff=false', 'IncludeMutationWebhook=false'];
const known = ['IgnoreExtraneous', ...always, ...never];

export function checkCompareOptions(annotations: Readonly<Record<string, string>> | undefined): string[] {
  const options = (annotations?.[compareOptionsAnnotation] ?? '').split(',').map((option) => option.trim());
  return options.flatMap((option) => {
    if (option === '' || option === 'IgnoreExtraneous' || always.includes(option)) return [];
    if (never.includes(option))
      return [`the compare option ${option} is not acted on: the API server always decides what differs`];
    const nearest = nearestName(option, known);
    return [`the compare option ${option} is not known${nearest === null ? '' : `; did you mean ${nearest}?`}`];
  });
}
