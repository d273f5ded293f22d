/** DynamoDB Local and ElasticMQ from Maven Central, with everything they need, in one folder of the cache. */
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '../../../lib/core/fault/fault.ts';
import { cacheFolder } from '../cache-folder.ts';
import { exists } from '../exists.ts';
import { withLock } from '../lock.ts';
import { modulesFolder } from '../modules-folder.ts';
import { runGuarded } from '../run-guarded.ts';

/** The folder of their jars and native libraries. Faults: local.program_missing (Java, Maven), local.install_failed. */
export async function installJavaTools(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  await need('java', ['-version'], 'Java 17 or newer (on Debian: apt-get install default-jre-headless)');
  const list = join(modulesFolder(), 'aws', 'pom.xml');
  const digest = createHash('sha256')
    .update(await readFile(list))
    .digest('hex')
    .slice(0, 12);
  const folder = join(cacheFolder(env), 'tools', `aws-java-${digest}`);
  if (await exists(folder)) return folder;
  return withLock(`${folder}.lock`, async () => {
    if (await exists(folder)) return folder;
    await need('mvn', ['-version'], 'Maven 3.8 or newer (on Debian: apt-get install maven)');
    console.error('Installing DynamoDB Local and ElasticMQ (once, about half a minute) …');
    await download(list, folder);
    return folder;
  });
}

/** Renamed when it is complete, so a folder that is there is whole. */
async function download(list: string, folder: string): Promise<void> {
  const half = `${folder}.half`;
  await rm(half, { recursive: true, force: true });
  await mkdir(half, { recursive: true });
  // Maven wants to write beside its list.
  await copyFile(list, join(half, 'pom.xml'));
  const copy = ['dependency:copy-dependencies', '-DoutputDirectory=.', '-DincludeScope=runtime'];
  try {
    await runGuarded('mvn', ['--quiet', '--batch-mode', ...copy], { cwd: half });
  } catch (cause) {
    const because = cause instanceof Error ? cause.message : String(cause);
    throw new Fault('local.install_failed', { program: 'DynamoDB Local with ElasticMQ', because }, { cause });
  }
  await rename(half, folder);
}

/** Short-lived and small: half the time to start, and no thread for every core. */
export const javaFlags = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xmx768m'];

async function need(program: string, args: readonly string[], needs: string): Promise<void> {
  await runGuarded(program, args).catch((cause) => {
    throw new Fault('local.program_missing', { program, wanted: 'DynamoDB Local and ElasticMQ', needs }, { cause });
  });
}
