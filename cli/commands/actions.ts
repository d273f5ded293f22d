/** `trueup actions list|run APP`: what can be done to live objects beside what Git says, and doing it. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import { Fault } from '../../lib/core/fault/fault.ts';
import { formatKey } from '../../lib/core/object/object-key.ts';
import type { ObjectName } from '../../lib/flow/find-acted-on.ts';
import type { ObjectActions } from '../../lib/flow/list-actions.ts';
import type { ActionDone, ActionWish } from '../../lib/flow/run-action.ts';
import type { Ports } from '../../lib/ports/ports.ts';
import { formatDiff } from '../format-event.ts';
import { formatTable } from '../format-table.ts';
import { type HoldTimeOptions, holdTimeOptions, holdUntil } from '../hold-time.ts';
import { type ConfigOptions, configOption, type OutputOptions, outputOption } from '../options.ts';
import { print } from '../print.ts';
import { whoTyped, withFleet } from '../with-ports.ts';

type ObjectOptions = { group?: string; namespace?: string };
type ListOptions = ConfigOptions & OutputOptions & ObjectOptions;
type RunOptions = ListOptions & HoldTimeOptions & { param: string[]; yes?: true; hold?: true };

export function actions(program: Command): void {
  const parent = program
    .command('actions')
    .description('Restart, scale, suspend: what can be done to live objects of an Application beside what Git says.');
  objectOptions(parent.command('list'))
    .description('Show what is possible on which object, and why the rest is not now.')
    .argument('<application>')
    .argument('[kind/name]', 'only of this object; also one that is owned by what Git has, such as Job/report-28371')
    .addOption(configOption())
    .addOption(outputOption())
    .action((application: string, object: string | undefined, options: ListOptions) =>
      withFleet(options, async (ports) => {
        const { listActions } = await import('../../lib/flow/list-actions.ts');
        const wanted = object === undefined ? null : objectName(object, options);
        print(options, await listActions(application, wanted, ports), formatActions);
      }),
    );
  holdTimeOptions(objectOptions(parent.command('run')))
    .description('Run an action on one object. It is in the record, with who and what.')
    .argument('<application>')
    .argument('<kind/name>')
    .argument('<action>')
    .option('--param <name=value>', 'a parameter of the action; repeatable', collect, [])
    .option('--yes', 'also where Git says otherwise and Trueup will set it back')
    .option('--hold', 'put the Application on hold first, so that nothing is set back')
    .addOption(configOption())
    .addOption(outputOption())
    .action((application: string, object: string, action: string, options: RunOptions) =>
      withFleet(options, async (ports) => {
        const hold = holdOf(options, ports.now());
        const wish: ActionWish = {
          who: whoTyped('actions run'),
          object: objectName(object, options),
          action,
          parameters: Object.fromEntries(options.param.map(readParameter)),
          nevertheless: options.yes === true,
          hold,
        };
        print(options, await whenFree(application, wish, ports), formatDone);
      }),
    );
}

function objectOptions(command: Command): Command {
  return command
    .option('--group <group>', 'of the object, where several kinds have one name')
    .option('--namespace <namespace>', 'of the object, where it is in several');
}

function collect(value: string, before: string[]): string[] {
  return [...before, value];
}

/** Fault config.bad_argument. */
function objectName(written: string, { group, namespace }: ObjectOptions): ObjectName {
  const [kind, name, ...rest] = written.split('/');
  if (!kind || !name || rest.length > 0) {
    throw new Fault('config.bad_argument', {
      argument: 'KIND/NAME',
      found: written,
      allowed: 'such as Deployment/web',
    });
  }
  return { kind, name, ...(group !== undefined && { group }), ...(namespace !== undefined && { namespace }) };
}

/** Fault config.bad_argument. */
function readParameter(written: string): [string, string] {
  const equals = written.indexOf('=');
  if (equals > 0) return [written.slice(0, equals), written.slice(equals + 1)];
  throw new Fault('config.bad_argument', { argument: '--param', found: written, allowed: 'NAME=VALUE' });
}

/** Fault config.bad_argument. */
function holdOf({ hold, ...time }: RunOptions, now: number): ActionWish['hold'] {
  if (hold === true) return { until: holdUntil(time, now) };
  if (time.for === undefined && time.until === undefined) return null;
  const argument = time.for === undefined ? '--until' : '--for';
  throw new Fault('config.bad_argument', { argument, found: 'given without --hold', allowed: 'both, or neither' });
}

const patienceMs = 20_000;
const pauseMs = 500;

/** A worker that is at work on the Application lets go of it between two steps. */
async function whenFree(application: string, wish: ActionWish, ports: Ports): Promise<ActionDone> {
  const { runAction } = await import('../../lib/flow/run-action.ts');
  for (const end = ports.now() + patienceMs; ; await pause(pauseMs)) {
    try {
      return await runAction(application, wish, ports);
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'action.busy' || ports.now() > end) throw error;
    }
  }
}

function formatActions(list: readonly ObjectActions[]): string {
  const rows = list.flatMap(({ object, actions: offers, problem }) => {
    if (problem !== '') return [[formatKey(object), '-', '-', problem]];
    return offers.map(({ name, parameters, disabled }) => [
      formatKey(object),
      name,
      parameters.map((parameter) => parameter.name).join(', ') || '-',
      disabled === null ? 'yes' : `no: ${disabled}`,
    ]);
  });
  return formatTable([['OBJECT', 'ACTION', 'PARAMETERS', 'POSSIBLE'], ...rows]);
}

function formatDone({ application, object, action, diff, created, drifts, held }: ActionDone): string {
  const made = created.map((key) => `Created ${formatKey(key)}.`);
  const hold = held ? [`${application} is on hold; end it with: trueup unhold ${application}`] : [];
  const back =
    drifts.length === 0 || held ? [] : [`Git says otherwise of ${drifts.join(', ')}: it counts as drift now.`];
  return [`${action.name} on ${formatKey(object)}${formatDiff(diff)}`, ...made, ...back, ...hold].join('\n');
}
