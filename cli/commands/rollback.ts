/** `trueup rollback APP [ID]`: back to what was healthy before, and automation on hold so that it stays there. */
import type { Command } from 'commander';
import { hasChanges } from '../../lib/core/plan/plan.ts';
import { presentRevision } from '../../lib/flow/present-revision.ts';
import { type FollowOptions, followSync, waitOptions } from '../follow-sync.ts';
import { formatPlan } from '../format-plan.ts';
import { type HoldTimeOptions, holdTimeOptions, holdUntil } from '../hold-time.ts';
import { type ConfigOptions, configOption, type OutputOptions, outputOption } from '../options.ts';
import { print, say } from '../print.ts';
import { sayHold } from '../say-hold.ts';
import { whoTyped, withFleet } from '../with-ports.ts';

type Options = ConfigOptions &
  OutputOptions &
  FollowOptions &
  HoldTimeOptions & { plan?: true; reason: string; confirm?: true; pullRequest?: true };

export function rollback(program: Command): void {
  const command = program
    .command('rollback')
    .description('Go back to the last revision that was healthy, or to one of the history, and hold it there.')
    .argument('<application>')
    .argument('[id]', 'an id of `trueup history`, or a SHA; its source parameters come back with it')
    .option('--plan', 'only show what it would change; exits 0 when nothing, 1 when something')
    .option('--reason <text>', 'why, for everybody who wonders', '')
    .option('--pull-request', 'also open the pull request that takes Git back, where the Git host is GitHub')
    .option('--confirm', 'also when it deletes so much that the prune guard would stop it');
  waitOptions(holdTimeOptions(command))
    .addOption(configOption())
    .addOption(outputOption())
    .action(async (application: string, id: string | undefined, options: Options) => {
      const [{ findApplication }, { chooseDestination }] = await Promise.all([
        import('../../lib/flow/find-application.ts'),
        import('../../lib/flow/choose-destination.ts'),
      ]);
      await withFleet(options, async (ports) => {
        const until = holdUntil(options, ports.now());
        const entry = await findApplication(application, ports);
        const to = await chooseDestination(entry, id, ports);
        if (options.plan === true) {
          const { planApplication } = await import('../../lib/flow/plan-application.ts');
          const planned = await planApplication(application, ports, to);
          print(options, planned, formatPlan);
          process.exitCode = hasChanges(planned) ? 1 : 0;
          return;
        }
        // Before anything is done: that its host takes none would be said too late.
        if (options.pullRequest === true) ports.pullRequests(entry.application.source.repoURL);
        const { rollBack } = await import('../../lib/flow/roll-back.ts');
        const { reason, confirm: confirmed = false } = options;
        const wish = { who: whoTyped('rollback'), reason, until, confirmed, automatic: false };
        const request = await rollBack(entry, to, wish, ports);
        sayHold(await findApplication(application, ports));
        await followSync({ application, request }, options, ports);
        if (options.pullRequest !== true) return;
        const { proposeRevert } = await import('../../lib/flow/propose-revert.ts');
        const from = presentRevision(entry);
        const url = await proposeRevert(entry, { from, to: to.revision, who: wish.who, reason }, ports);
        say(url === null ? 'Git says so already: there is no pull request to open.' : `Pull request: ${url}`);
      });
    });
}
