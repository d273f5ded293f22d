/** Reads the configuration that a door was given. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Config } from '../../lib/core/config/config.ts';
import { parseConfig } from '../../lib/core/config/parse-config.ts';
import { Fault } from '../../lib/core/fault/fault.ts';

/** Faults config.missing, config.invalid. `path`: absolute. */
export async function readConfig(file: string): Promise<{ config: Config; path: string }> {
  const path = resolve(file);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new Fault('config.missing', { path: file }, { cause });
  }
  return { config: parseConfig(text, path), path };
}
