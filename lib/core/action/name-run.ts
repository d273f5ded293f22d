/** A name for what an action creates: of the object it was made from, and of the moment. */
export function nameRun(name: string, now: number, longest: number): string {
  const suffix = `-${now.toString(36)}`;
  return `${name.slice(0, longest - suffix.length).replace(/[-.]+$/, '')}${suffix}`;
}
