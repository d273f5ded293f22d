/** `trueup demo`: plays the day of a GitOps primer on real parts, and cleans up after itself. */
import type { Command } from 'commander';

/** As shells say it of a program that was ended by SIGINT. */
const interruptedCode = 130;

export function demo(program: Command): void {
  program
    .command('demo')
    .description('Play a day of GitOps on a local cluster, repository and Slack channel, step by step.')
    .option('--keep', 'leave it running at the end, until Ctrl-C')
    .option('--kubeconfig <file>', 'use this cluster instead of a local one; the demo stays in one new namespace')
    .action(async ({ kubeconfig = null, keep = false }: { kubeconfig?: string | null; keep?: boolean }) => {
      const [{ runDemo }, { terminalNarrator }] = await Promise.all([
        import('../demo/run-demo.ts'),
        import('../demo/narrator.ts'),
      ]);
      const { signal, release } = interruptible();
      try {
        await runDemo({
          trueup: [process.execPath, process.argv[1] ?? ''],
          kubeconfig,
          slackUrl: process.env.SLACK_WEBHOOK_URL || null,
          keep,
          tell: terminalNarrator(process.stdout),
          signal,
        });
      } catch (error) {
        if (!signal.aborted) throw error;
        // A program that is just being built would hold us here until it is done.
        process.exit(interruptedCode);
      } finally {
        release();
      }
    });
}

/** Aborts at Ctrl-C, when the terminal is closed, and when nobody reads any more; a second Ctrl-C does not wait. */
function interruptible(): { signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(interruptedCode);
    process.stderr.write('\nCleaning up …\n');
    controller.abort();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of signals) process.on(name, interrupt);
  process.stdout.on('error', () => controller.abort());
  return {
    signal: controller.signal,
    release() {
      for (const name of signals) process.off(name, interrupt);
    },
  };
}
