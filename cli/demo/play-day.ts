/** Plays the day: seven scenes on one playground, each of which ends with what was promised or with a fault. */
import * as deployNginx from './day/deploy-nginx.ts';
import * as healHandEdits from './day/heal-hand-edits.ts';
import * as holdAutomation from './day/hold-automation.ts';
import * as refuseTutorial from './day/refuse-tutorial.ts';
import * as revertAndPrune from './day/revert-and-prune.ts';
import * as scaleInGit from './day/scale-in-git.ts';
import * as showNotices from './day/show-notices.ts';
import type { Playground } from './playground.ts';

/** Fault demo.broken_promise. */
export async function playDay(playground: Playground): Promise<void> {
  const { heading } = playground.tell;
  heading(1, deployNginx.title);
  await deployNginx.play(playground);
  heading(2, scaleInGit.title);
  const scaled = await scaleInGit.play(playground);
  heading(3, healHandEdits.title);
  await healHandEdits.play(playground);
  heading(4, revertAndPrune.title);
  await revertAndPrune.play(playground, scaled);
  heading(5, refuseTutorial.title);
  await refuseTutorial.play(playground);
  heading(6, showNotices.title);
  await showNotices.play(playground);
  heading(7, holdAutomation.title);
  await holdAutomation.play(playground);
}
