/** Puts up what the demo needs, and tells what it is. Everything is registered for the clean-up before it starts. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '../../infra/local/free-ports.ts';
import { startGitServer } from '../../infra/local/git-server/git-server.ts';
import { startSlackReceiver } from '../../infra/local/slack-receiver/slack-receiver.ts';
import { findTools } from '../../infra/local/tools.ts';
import { Fault } from '../../lib/core/fault/fault.ts';
import type { CleanUp } from './clean-up.ts';
import { applicationName, writeInstallation } from './installation-files.ts';
import { createKubectl } from './kubectl.ts';
import type { Narrator } from './narrator.ts';
import { openCluster } from './open-cluster.ts';
import type { Moment, Playground } from './playground.ts';
import { readRecord } from './read-record.ts';
import { type Command, runProgram } from './run-program.ts';
import { createServeProcess } from './serve-process.ts';
import { createUntil } from './until.ts';
import { openWorkCopy } from './work-copy.ts';

export type PlaygroundOptions = {
  /** How this `trueup` is run. */
  trueup: Command;
  /** Of a cluster to use instead of one of our own. */
  kubeconfig: string | null;
  /** An incoming webhook of a real Slack, which is told everything too. */
  slackUrl: string | null;
  tell: Narrator;
  cleanUp: CleanUp;
  signal: AbortSignal;
  onMoment?(moment: Moment, playground: Playground): Promise<void>;
};

const namespace = 'trueup-demo';
/** On simulated pods a promise takes a second or two; real nodes also pull images. */
const withinMs = { simulated: 60_000, real: 300_000 };
const namespaceEndsWithinMs = 100_000;

/** Faults demo.*, local.*, render.tool_missing, config.*. */
export async function openPlayground(options: PlaygroundOptions): Promise<Playground> {
  const { tell, cleanUp, signal } = options;
  await runProgram(['git', '--version'], signal).catch((cause: unknown) => {
    throw new Fault('demo.program_missing', { program: 'git' }, { cause });
  });
  const folder = await mkdtemp(join(tmpdir(), 'trueup-demo-'));
  cleanUp.add(`the folder ${folder}`, () => rm(folder, { recursive: true, force: true }));
  const tools = await findTools();
  const kubeconfig = await openCluster(folder, options);
  const until = createUntil({ withinMs: options.kubeconfig === null ? withinMs.simulated : withinMs.real, signal });
  const kubectl = createKubectl({ path: tools.kubectl, kubeconfig, namespace, signal });
  const taken = await kubectl.namespaceExists().catch((cause: unknown) => {
    throw new Fault('demo.cluster_unusable', { kubeconfig, because: lastLine(cause) }, { cause });
  });
  if (taken) throw new Fault('demo.namespace_taken', { namespace, kubeconfig });
  if (options.kubeconfig !== null) {
    cleanUp.add(`the namespace ${namespace}`, () => kubectl.deleteNamespace(), { withinMs: namespaceEndsWithinMs });
  }

  const gitServer = await startGitServer({ folder: join(folder, 'git') });
  cleanUp.add('the Git server', () => gitServer.stop());
  const repository = await gitServer.createRepository('shop');
  const slack = await startSlackReceiver();
  cleanUp.add('the Slack receiver', () => slack.close());
  const hookSecret = randomBytes(16).toString('hex');
  const config = await writeInstallation({
    folder,
    gitUrl: gitServer.url,
    kubeconfig,
    hookSecret,
    slack: { 'slack-here': slack.url, ...(options.slackUrl === null ? {} : { slack: options.slackUrl }) },
  });
  tell.say(`   Git         ${repository.url}, which announces pushes by a signed webhook`);
  tell.say(
    `   Slack       ${options.slackUrl === null ? 'a receiver on this machine; set SLACK_WEBHOOK_URL to use yours' : 'yours, and a receiver on this machine'}`,
  );

  const [port = 0] = await freePorts(1);
  const serve = createServeProcess({ trueup: options.trueup, folder, config, port, until });
  cleanUp.add('trueup serve', () => serve.stop());
  gitServer.addHook({ url: `${serve.url}/hooks/git`, secret: hookSecret });
  await serve.start();
  tell.say(`   Trueup      ${serve.url}, trueup serve --config ${config}`);
  const playground: Playground = {
    folder,
    config,
    kubeconfig,
    kubectlPath: tools.kubectl,
    repository: repository.url,
    namespace,
    kubectl,
    workCopy: await openWorkCopy(join(folder, 'shop'), repository.url),
    slack,
    serve,
    record: readRecord(serve.url, applicationName, signal),
    trueup: (...args) => runProgram([...options.trueup, ...args, '--config', config], signal),
    until,
    tell,
    onMoment: async (moment) => options.onMoment?.(moment, playground),
  };
  return playground;
}

/** kubectl retries and warns before it says what is wrong. */
function lastLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).trim().split('\n').at(-1) ?? '';
}
