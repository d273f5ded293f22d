/** `trueup init`: asks a few questions and writes the smallest trueup.yaml and Application for one's own repository and cluster. */
import type { Command } from 'commander';
import type { InitAnswers } from '../init/answers.ts';

type Options = Partial<Omit<InitAnswers, 'folder'>> & { yes?: true; force?: true; folder: string };

export function init(program: Command): void {
  program
    .command('init')
    .description('Write trueup.yaml and a first Application for your repository and cluster, and register the webhook.')
    .option('--repo <url>', 'the repository to deploy')
    .option('--path <folder>', 'the folder in it')
    .option('--branch <branch>', 'the branch')
    .option('--name <name>', 'name of the Application')
    .option('--namespace <namespace>', 'where objects go that name no namespace')
    .option('--cluster <name>', 'what to call the cluster')
    .option('--kubeconfig <file>', 'how to reach it')
    .option('--context <name>', 'a context of the kubeconfig')
    .option('--public-url <url>', 'where the Git host reaches `trueup serve`; registers the webhook at GitHub')
    .option('--token-env <name>', 'environment variable with a token for the repository')
    .option('--folder <folder>', 'where to write', '.')
    .option('-y, --yes', 'ask nothing: flags and defaults')
    .option('--force', 'replace files that exist')
    .action(async (options: Options) => {
      const [{ askAnswers }, { initialise }] = await Promise.all([
        import('../init/ask-answers.ts'),
        import('../init/initialise.ts'),
      ]);
      const answers = await askAnswers(options, { ask: options.yes !== true && process.stdin.isTTY, env: process.env });
      await initialise({ ...answers, folder: options.folder }, { force: options.force === true, env: process.env });
    });
}
