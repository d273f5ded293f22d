/** The page of all commands, from how they register themselves. */
import type { Command } from 'commander';
import { buildProgram } from '../../cli/program.ts';

export function cliPage(): string {
  return [
    '# Commands',
    '',
    'Generated from `cli/program.ts`. Results go to stdout, everything else to stderr; `-o json` prints JSON and nothing',
    'else. Errors are `error: CODE: what happened` and a `hint:` line, and the exit code is 2 (3 for a bug in Trueup).',
    '`plan` and `drift` exit 0 when equal and 1 when different; `sync`, `confirm` and `rollback` exit 1 when the sync failed.',
    '',
    ...buildProgram()
      .commands.filter((command) => command.name() !== 'help')
      .flatMap((command) => section(command, 'trueup')),
  ].join('\n');
}

function section(command: Command, parent: string): string[] {
  const name = `${parent} ${command.name()}`;
  if (command.commands.length > 0) return command.commands.flatMap((child) => section(child, name));
  const usage = `${name} ${command.usage()}`;
  return [`## ${name}`, '', command.description(), '', '```', usage, '```', '', ...options(command)];
}

function options(command: Command): string[] {
  if (command.options.length === 0) return [];
  return [
    '| option | what it does | default |',
    '|---|---|---|',
    ...command.options.map(({ flags, description, defaultValue, argChoices, negate }) => {
      const choices = argChoices === undefined ? '' : ` (${argChoices.join(', ')})`;
      const fallback = negate || defaultValue === undefined ? '' : `\`${String(defaultValue)}\``;
      return `| \`${flags}\` | ${description}${choices} | ${fallback} |`;
    }),
    '',
  ];
}
