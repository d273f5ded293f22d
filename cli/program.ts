/** Every command of `trueup`. Each registers itself here and loads what it works with only when it is run. */
import { Command } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { actions } from './commands/actions.ts';
import { apps } from './commands/apps.ts';
import { config } from './commands/config.ts';
import { confirm } from './commands/confirm.ts';
import { demo } from './commands/demo.ts';
import { doctor } from './commands/doctor.ts';
import { drift } from './commands/drift.ts';
import { events } from './commands/events.ts';
import { exportCommand } from './commands/export.ts';
import { health } from './commands/health.ts';
import { history } from './commands/history.ts';
import { hold } from './commands/hold.ts';
import { importCommand } from './commands/import.ts';
import { init } from './commands/init.ts';
import { orphans } from './commands/orphans.ts';
import { plan } from './commands/plan.ts';
import { recover } from './commands/recover.ts';
import { refresh } from './commands/refresh.ts';
import { render } from './commands/render.ts';
import { replay } from './commands/replay.ts';
import { rollback } from './commands/rollback.ts';
import { serve } from './commands/serve.ts';
import { sync } from './commands/sync.ts';
import { terminate } from './commands/terminate.ts';
import { unhold } from './commands/unhold.ts';

const commands = [
  ...[
    init,
    demo,
    serve,
    apps,
    plan,
    sync,
    terminate,
    refresh,
    drift,
    orphans,
    health,
    history,
    rollback,
    hold,
    unhold,
    confirm,
  ],
  ...[actions, exportCommand, importCommand, recover, events, render, replay, doctor, config],
];

export function buildProgram(): Command {
  const program = new Command('trueup')
    .description(packageJson.description)
    .version(packageJson.version)
    .option('--verbose', 'show stacks and causes of errors')
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text) });
  for (const add of commands) add(program);
  return program;
}
