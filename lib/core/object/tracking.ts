/** The marks Trueup puts on what it owns. */
export const fieldManager = 'trueup';
/** What writes labels and annotations of the Namespace of a destination; `application` as its label has it. */
export const namespaceManager = (application: string): string => `${fieldManager}-namespace-${application}`;
/** What a person had done to an object through us: Git did not say it. */
export const actionManager = 'trueup-action';
export const applicationLabel = 'trueup.dev/application';
export const installationLabel = 'trueup.dev/installation';
export const trackingAnnotation = 'trueup.dev/tracking-id';
/** On hooks, in place of the Application's label: what runs once is neither swept nor pruned. */
export const hookLabel = 'trueup.dev/hook-of';
/** On hooks: the operation that created this one, and in which phase. */
export const operationAnnotation = 'trueup.dev/operation';
