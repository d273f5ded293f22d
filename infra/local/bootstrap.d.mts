/** What the tests call of bootstrap.mjs, which is JavaScript because it runs before anything is installed. */
export function isInstalled(folder: string): boolean;
export function lock(path: string, options?: { pollMs?: number }): Promise<() => void>;
