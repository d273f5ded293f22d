/** `trueup serve`: watches Git and the clusters, and keeps the clusters up to Git. */
import type { Command } from 'commander';
import { readConfig } from '../../functions/wire/read-config.ts';
import type { Config } from '../../lib/core/config/config.ts';
import { type ConfigOptions, configOption, wholeNumber } from '../options.ts';
import { say } from '../print.ts';

type Options = ConfigOptions & { port: number; address: string };

export function serve(program: Command): void {
  program
    .command('serve')
    .description('Serve: take webhooks, sync what Git says, find and undo drift, until Ctrl-C.')
    .addOption(configOption())
    .option('-p, --port <n>', 'port of the HTTP door', wholeNumber, 8080)
    .option('--address <ip>', 'address of the HTTP door', '0.0.0.0')
    .action(async (options: Options) => {
      const { config, path } = await readConfig(options.config);
      const [{ wire }, { startServe }, { openLog }] = await Promise.all([
        import('../wire/wire.ts'),
        import('../serve/serve.ts'),
        import('../open-log.ts'),
      ]);
      const house = await wire(config, { path, log: openLog({ level: 'info' }) });
      try {
        const serving = await startServe(house, config, options);
        welcome(serving.url, config);
        house.ports.log.info('serve.started', { url: serving.url });
        await untilStopped();
        house.ports.log.info('serve.stopping');
        await serving.stop();
      } finally {
        await house.close();
      }
    });
}

function welcome(url: string, { gitHosts, clusters }: Config): void {
  say(`Trueup serves ${clusters.map(({ name }) => name).join(', ')} on ${url}`);
  for (const { name, kind, webhookSecret } of gitHosts) {
    const where = `${url.replace('0.0.0.0', 'THIS-HOST')}/hooks/${name}`;
    const line =
      webhookSecret === undefined
        ? 'no webhookSecret, so pushes are found by the head check'
        : `webhooks go to ${where}`;
    say(`  ${name} (${kind}): ${line}`);
  }
}

/** A second signal ends the process at once: nothing is lost, the next start goes on. */
function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) {
        process.removeListener(signal, stop);
        process.once(signal, () => process.exit(130));
      }
      resolve();
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });
}
