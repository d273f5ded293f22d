/** Starts ElasticMQ, a second opinion on SQS: its limits are as strict as those of AWS. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installJavaTools, javaFlags } from './java-tools.ts';
import type { LocalService } from './start-dynamodb-local.ts';
import { startServer } from './start-server.ts';

/** About two and a half seconds. Faults: local.*. */
export async function startElasticMq(): Promise<LocalService> {
  const libraries = await installJavaTools();
  const { endpoint, logFile, pid, stop } = await startServer({
    name: 'elasticmq',
    readyWithinMs: 60_000,
    isReady: async (url) => (await fetch(`${url}/?Action=ListQueues`)).ok,
    async command({ port, folder }) {
      const settings = join(folder, 'elasticmq.conf');
      await writeFile(settings, settingsFor(port));
      return {
        path: 'java',
        args: [...javaFlags, `-Dconfig.file=${settings}`, '-cp', join(libraries, '*'), 'org.elasticmq.server.Main'],
      };
    },
  });
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  return { endpoint, clientConfig: { endpoint, region: 'elasticmq', credentials }, logFile, pid, stop };
}

function settingsFor(port: number): string {
  return `include classpath("application.conf")
node-address { protocol = http, host = "127.0.0.1", port = ${port}, context-path = "" }
rest-sqs { enabled = true, bind-port = ${port}, bind-hostname = "127.0.0.1", sqs-limits = strict }
rest-stats { enabled = false }
`;
}
