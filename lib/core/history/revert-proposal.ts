/** What is proposed to people once an Application went back: that its paths in Git do so as well. */

export type Reverted = {
  application: string;
  /** Full SHAs. */
  from: string;
  to: string;
  who: string;
  reason: string;
  /** What its render read, at either end. */
  reads: readonly string[];
  /** The folder of its source. */
  path: string;
};

export type RevertText = { branch: string; paths: string[]; title: string; body: string };

export function revertProposal({ application, from, to, who, reason, reads, path }: Reverted): RevertText {
  const paths = outermost([path, ...reads]);
  const [short, back] = [from, to].map((sha) => sha.slice(0, 7));
  return {
    branch: `trueup/${application}-back-to-${back}`,
    paths,
    title: `Take ${application} back to ${back}`,
    body: [
      `Trueup took the Application \`${application}\` back from ${short} to ${back} in its cluster, and holds it there.`,
      `${who}: ${reason === '' ? 'asked for' : reason}`,
      `This takes Git back as well: ${paths.map((each) => `\`${each}\``).join(', ')} as in ${to}.`,
      `Once it is merged, end the hold: \`trueup unhold ${application}\``,
    ].join('\n\n'),
  };
}

/** A folder stands for all that is in it. */
function outermost(paths: readonly string[]): string[] {
  const all = [...new Set(paths)].toSorted();
  if (all.includes('.')) return ['.'];
  return all.filter((path) => !all.some((other) => path.startsWith(`${other}/`)));
}
