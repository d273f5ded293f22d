/** `argocd.argoproj.io/ignore-healthcheck: "true"`: however the object fares, nobody waits for it, and the Application is not ill with it. */
const annotation = 'argocd.argoproj.io/ignore-healthcheck';

export function ignoresHealth(annotations: Readonly<Record<string, string>> | undefined): boolean {
  return annotations?.[annotation] === 'true';
}
