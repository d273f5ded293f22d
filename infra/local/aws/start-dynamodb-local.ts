/** Starts Amazon's own DynamoDB Local, in memory: stricter than ministack about conditions, limits and expressions. */
import { join } from 'node:path';
import { installJavaTools, javaFlags } from './java-tools.ts';
import type { ClientConfig } from './local-aws.ts';
import { startServer } from './start-server.ts';

export type LocalService = {
  readonly endpoint: string;
  /** What the constructor of the service's client takes. */
  readonly clientConfig: ClientConfig;
  readonly logFile: string;
  readonly pid: number;
  stop(): Promise<void>;
};

/**
 * About two seconds. It listens on every interface of the machine and has no setting for that: nothing but made-up data
 * belongs in it. Faults: local.*.
 */
export async function startDynamoDbLocal(): Promise<LocalService> {
  const libraries = await installJavaTools();
  const { endpoint, logFile, pid, stop } = await startServer({
    name: 'dynamodb-local',
    readyWithinMs: 60_000,
    // It answers every unsigned request with 400.
    isReady: async (url) => (await fetch(url)).status === 400,
    command: async ({ port, folder }) => ({
      path: 'java',
      args: [
        ...javaFlags,
        `-Djava.library.path=${libraries}`,
        `-Djava.io.tmpdir=${folder}`,
        ...['-cp', join(libraries, '*'), 'com.amazonaws.services.dynamodbv2.local.main.ServerRunner'],
        '-inMemory',
        // Else one database for each access key and region.
        '-sharedDb',
        '-disableTelemetry',
        ...['-port', String(port)],
      ],
    }),
  });
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  return { endpoint, clientConfig: { endpoint, region: 'eu-west-1', credentials }, logFile, pid, stop };
}
