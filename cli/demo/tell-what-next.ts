/** The last words of the demo: how to look around in it, and how to go on with a repository and a cluster of one's own. */
import { basename, dirname, join, relative } from 'node:path';
import type { Narrator } from './narrator.ts';
import type { Playground } from './playground.ts';
import type { Command } from './run-program.ts';

/** Every line can be typed as it stands, in another terminal. */
export function tellHowToLookAround(playground: Playground, trueup: Command): void {
  const { tell, config, kubeconfig, kubectlPath, namespace, folder } = playground;
  const command = typed(trueup);
  const withConfig = (line: string) => `   ${command} ${line} --config ${config}`;
  tell.say('\nAll of it runs on. Look around from another terminal:');
  for (const line of ['apps', 'events', 'history nginx', 'health nginx', 'plan nginx', 'drift'])
    tell.say(withConfig(line));
  tell.say(`   ${kubectlPath} --kubeconfig ${kubeconfig} --namespace ${namespace} get pods`);
  tell.say(
    `   edit, commit and push in ${join(folder, 'shop')}, and watch: ${command} events --follow --config ${config}`,
  );
  tell.say('Ctrl-C ends it and removes everything it started.');
}

export function tellHowToGoOn({ tell, trueup, keep }: { tell: Narrator; trueup: Command; keep: boolean }): void {
  const command = typed(trueup);
  const demo = isCheckout(trueup) ? 'npm run demo -- --keep' : `${command} demo --keep`;
  const lines: [string, string][] = [
    [`${command} init`, 'writes trueup.yaml and an Application for your own repository and cluster'],
    [`${command} serve`, 'keeps that cluster up to that repository'],
  ];
  if (!keep) lines.unshift([demo, 'plays it again, leaves it running, and prints the commands to look around with']);
  const width = Math.max(...lines.map(([line]) => line.length));
  tell.say('\nEverything the demo started is gone again.');
  for (const [line, what] of lines) tell.say(`   ${line.padEnd(width)}  ${what}`);
}

/** How a person types what we are run as; in a checkout `bin/trueup.mjs` also finds a Node that is new enough. */
export function typed([node, script = '']: Command, cwd: string = process.cwd()): string {
  if (isCheckout([node, script])) return `node ${shorter(join(dirname(script), '..', 'bin', 'trueup.mjs'), cwd)}`;
  return basename(script) === 'trueup' ? 'trueup' : `node ${shorter(script, cwd)}`;
}

function isCheckout([, script = '']: Command): boolean {
  return script.endsWith(join('cli', 'trueup.ts'));
}

function shorter(path: string, cwd: string): string {
  const here = relative(cwd, path);
  return here.startsWith('..') ? path : here;
}
