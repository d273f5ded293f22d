/** What the functions' own logs tell: how often each ran, for how long, and how much it wrote down. */
import { CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import type { ClientConfig } from '../../infra/local/aws/local-aws.ts';
import { functionNames } from './package-functions.ts';

export type Run = {
  /** `drift`; of sync also what the message was about: `sync cluster`. */
  of: string;
  endedAt: number;
  ms: number;
  memoryMb: number;
  /** Of its lines, as CloudWatch charges them. */
  logBytes: number;
  /** Of CloudWatch, `name service`. */
  metrics: string[];
};

/** CloudWatch adds this to every line. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
const lineOverheadBytes = 26;

/** `from`: ms since the epoch. Runs that have ended since. */
export async function readRuns(aws: ClientConfig, stage: string, from: number): Promise<Run[]> {
  const client = new CloudWatchLogsClient(aws);
  const runs = await Promise.all(functionNames.map((name) => runsOf(client, { name, stage, from })));
  client.destroy();
  return runs.flat();
}

type Line = { stream: string; at: number; text: string };

async function runsOf(
  client: CloudWatchLogsClient,
  { name, stage, from }: { name: string; stage: string; from: number },
): Promise<Run[]> {
  const lines = await readLines(client, `/aws/lambda/trueup-${stage}-${name}`, from);
  const runs: Run[] = [];
  const open = new Map<string, Line[]>();
  for (const line of lines) {
    // One run after the other in a stream, each ended by its report.
    const before = open.get(line.stream) ?? [];
    const report = /^REPORT .*?\tDuration: ([\d.]+) ms\t.*?Memory Size: (\d+) MB/.exec(line.text);
    if (report === null) {
      open.set(line.stream, [...before, line]);
      continue;
    }
    open.delete(line.stream);
    const texts = [...before, line].map(({ text }) => text);
    runs.push({
      of: [name, aboutOf(texts)].filter((part) => part !== '').join(' '),
      endedAt: line.at,
      ms: Number(report[1]),
      memoryMb: Number(report[2]),
      logBytes: texts.reduce((sum, text) => sum + Buffer.byteLength(text) + lineOverheadBytes, 0),
      metrics: texts.flatMap(metricsOf),
    });
  }
  return runs;
}

async function readLines(client: CloudWatchLogsClient, logGroupName: string, from: number): Promise<Line[]> {
  const lines: Line[] = [];
  try {
    for await (const { events = [] } of paginateFilterLogEvents({ client }, { logGroupName, startTime: from })) {
      for (const { logStreamName = '', timestamp = 0, message = '' } of events) {
        lines.push({ stream: logStreamName, at: timestamp, text: message });
      }
    }
  } catch (error) {
    // A function that never ran has no log.
    if (!(error instanceof Error) || error.name !== 'ResourceNotFoundException') throw error;
  }
  return lines;
}

function aboutOf(texts: readonly string[]): string {
  return texts.map((text) => /"message":\{[^}]*?"about":"(\w+)"/.exec(text)?.[1]).find((about) => about) ?? '';
}

/** Lines in the embedded metric format. */
function metricsOf(text: string): string[] {
  if (!text.includes('"CloudWatchMetrics"')) return [];
  const service = /"service":"(\w+)"/.exec(text)?.[1] ?? '';
  return [...text.matchAll(/\{"Name":"([\w.]+)"/g)].map(([, name]) => `${name} ${service}`);
}
