/** The marks Trueup puts on what it owns. */
export const fieldManager = 'trueup';
export const applicationLabel = 'trueup.dev/application';
export const installationLabel = 'trueup.dev/installation';
export const trackingAnnotation = 'trueup.dev/tracking-id';
