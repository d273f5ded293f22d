/** The commands the demo prints are those its reader can type. */
import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { typed } from '../../../cli/demo/tell-what-next.ts';

for (const { it, script, cwd, gives } of [
  { it: 'a checkout, from its root', script: '/src/cli/trueup.ts', cwd: '/src', gives: 'node bin/trueup.mjs' },
  { it: 'a checkout, from elsewhere', script: '/src/cli/trueup.ts', cwd: '/home', gives: 'node /src/bin/trueup.mjs' },
  { it: 'the installed command', script: '/usr/local/bin/trueup', cwd: '/home', gives: 'trueup' },
  { it: 'a bundle', script: '/opt/dist/trueup.mjs', cwd: '/opt', gives: 'node dist/trueup.mjs' },
]) {
  test(`tell-what-next: names ${it} as it is typed`, () => equal(typed(['/usr/bin/node', script], cwd), gives));
}
