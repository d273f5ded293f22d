/** `trueup events [APP]`: the record, newest first; `--follow` goes on with what happens. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import type { Event } from '../../lib/core/event/event.ts';
import type { Ports } from '../../lib/ports/ports.ts';
import { formatEvent } from '../format-event.ts';
import { type ConfigOptions, configOption, type OutputOptions, outputOption, wholeNumber } from '../options.ts';
import { print } from '../print.ts';
import { sayHold } from '../say-hold.ts';
import { withPorts } from '../with-ports.ts';

type Options = ConfigOptions & OutputOptions & { limit: number; follow?: true };

const pollMs = 500;

export function events(program: Command): void {
  program
    .command('events')
    .description('Show the record: every change, who made it and why; newest first.')
    .argument('[application]')
    .option('--limit <n>', 'how many', wholeNumber, 50)
    .option('-f, --follow', 'oldest first, and go on until Ctrl-C; with -o json one event a line')
    .addOption(configOption())
    .addOption(outputOption())
    .action((application: string | undefined, options: Options) =>
      withPorts(options, async (ports) => {
        const entry = application === undefined ? null : await ports.applications.get(application);
        if (entry !== null) sayHold(entry);
        const which = { ...(application === undefined ? {} : { application }), limit: options.limit };
        const listed = await ports.events.list(which);
        if (options.follow === true) await follow(listed.toReversed(), which, options, ports);
        else print(options, listed, (list) => list.map(formatEvent).join('\n'));
      }),
    );
}

async function follow(
  first: Event[],
  which: { application?: string; limit: number },
  { output }: OutputOptions,
  ports: Ports,
): Promise<void> {
  const told = new Set<string>();
  for (let next = first; ; next = (await ports.events.list(which)).toReversed()) {
    for (const event of next.filter(({ id }) => !told.has(id))) {
      told.add(event.id);
      process.stdout.write(`${output === 'json' ? JSON.stringify(event) : formatEvent(event)}\n`);
    }
    await sleep(pollMs);
  }
}
