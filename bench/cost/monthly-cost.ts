/** What a deployed installation costs in a month, from what was measured of it and the list prices. */
import type { Work } from '../aws/work.ts';
import { prices } from './prices.ts';

export type Usage = {
  /** Of one cluster with its Applications, these repositories, and the whole installation's clock. */
  minute: Work;
  repositories: number;
  push: Work;
  heal: Work;
  metrics: { idle: number; busy: number };
};

export type Installation = {
  clusters: number;
  /** At least those that were measured. */
  repositoriesEach: number;
  pushesADayEach: number;
  healsADayEach: number;
  network: keyof typeof networks;
};

/** What `sync` needs when it is in a VPC; the tables of DynamoDB and S3 are reached through gateway endpoints, which cost nothing. */
export const networks = {
  none: { natGateways: 0, endpoints: 0 },
  nat: { natGateways: 1, endpoints: 0 },
  natInTwoZones: { natGateways: 2, endpoints: 0 },
  /** SQS, Lambda, Secrets Manager, STS and EKS, each in two zones: for Git hosts inside the VPC. */
  endpointsInTwoZones: { natGateways: 0, endpoints: 10 },
} as const;

export const assumptions = {
  hours: 730,
  daysAMonth: 30.4,
  /** A Git host on the internet answers later than the one beside it that was measured; each run that asks one waits this much more. */
  gitHostMs: 300,
  /** A further repository, each minute: its links, its heads, and the entries of its Applications were counted with the first. */
  repository: { readUnits: 2, writeUnits: 1, sends: 1 },
  /** Lambda's pollers of a queue: five, each asking three times a minute when nothing comes. */
  emptyPollsAMinute: 15,
  /** SQS charges for receiving and for deleting too. */
  requestsOfAMessage: 2,
  /** Installation key, webhook secret, Git token, Slack URL. */
  secrets: 4,
  alarms: 11,
  dashboardsCharged: 0,
  storedGb: 1,
  logRetentionMonths: 3,
  compression: 0.15,
  /** Through the NAT gateway, of one cluster in a minute: the Git host, the API server, SQS, Secrets Manager. */
  natMbAMinute: 0.25,
} as const;

/** These belong to the installation, once a minute, however many clusters; with more Applications each takes longer. */
const once: readonly string[] = ['drift', 'notify', 'sync fleet'];
const asksGitHost: readonly string[] = ['sync fleet', 'sync repository'];

export type Bill = Record<
  'Lambda' | 'SQS' | 'DynamoDB' | 'S3' | 'HTTP API' | 'Logs' | 'Metrics, alarms' | 'Secrets' | 'Network',
  number
>;

/** US dollars. Where it must guess, it guesses too much: requests, units and log lines grow with the number of clusters, the clock's too. */
export function monthlyCost(usage: Usage, installation: Installation): Bill {
  const { clusters, repositoriesEach, pushesADayEach, healsADayEach, network } = installation;
  const minutes = assumptions.hours * 60;
  const pushes = clusters * pushesADayEach * assumptions.daysAMonth;
  const heals = clusters * healsADayEach * assumptions.daysAMonth;
  const moreRepositories = clusters * (repositoriesEach - usage.repositories) * minutes;
  const happens: [Work, number][] = [
    [usage.minute, minutes * clusters],
    [usage.push, pushes],
    [usage.heal, heals],
  ];
  const total = (of: (work: Work) => number) => happens.reduce((sum, [work, times]) => sum + times * of(work), 0);
  const lambda =
    minutes * lambdaMinute(usage, installation) + pushes * lambdaOf(usage.push) + heals * lambdaOf(usage.heal);
  const messages = total((work) => requestsOf(work, 'AmazonSQS SendMessage')) + moreRepositories;
  const sqs = messages * (1 + assumptions.requestsOfAMessage) + assumptions.emptyPollsAMinute * minutes;
  const { repository } = assumptions;
  const reads = total(({ readUnits }) => readUnits) + moreRepositories * repository.readUnits;
  const writes = total(({ writeUnits }) => writeUnits) + moreRepositories * repository.writeUnits;
  const gets = total((work) => requestsOf(work, 's3 GET'));
  const puts = total((work) => requestsOf(work, 's3 PUT'));
  const logLinesOfARepository = usage.minute.logBytes / Object.keys(usage.minute.runs).length;
  const logGb = (total(({ logBytes }) => logBytes) + moreRepositories * logLinesOfARepository) / 1e9;
  const storedLogGb = logGb * assumptions.logRetentionMonths * assumptions.compression;
  const { natGateways, endpoints } = networks[network];
  const natGb = natGateways === 0 ? 0 : (clusters * minutes * assumptions.natMbAMinute) / 1000;
  return {
    Lambda: lambda,
    SQS: sqs * prices.sqsRequest.usd,
    DynamoDB:
      reads * prices.tableRead.usd + writes * prices.tableWrite.usd + assumptions.storedGb * prices.tableStored.usd,
    S3: gets * prices.s3Get.usd + puts * prices.s3Put.usd + assumptions.storedGb * prices.s3Stored.usd,
    'HTTP API': pushes * prices.httpRequest.usd,
    Logs: logGb * prices.logsIngested.usd + storedLogGb * prices.logsStored.usd,
    'Metrics, alarms':
      usage.metrics.busy * prices.metric.usd +
      assumptions.alarms * prices.alarm.usd +
      assumptions.dashboardsCharged * prices.dashboard.usd,
    Secrets:
      assumptions.secrets * prices.secret.usd +
      total((work) => requestsOf(work, 'secretsmanager GetSecretValue')) * prices.secretRead.usd,
    Network:
      assumptions.hours * (natGateways * prices.natHour.usd + endpoints * prices.endpointHour.usd) +
      natGb * prices.natGb.usd,
  };
}

export function totalOf(bill: Bill): number {
  return Object.values(bill).reduce((sum, usd) => sum + usd, 0);
}

function lambdaMinute({ minute, repositories }: Usage, { clusters, repositoriesEach }: Installation): number {
  return sum(minute, (of, { times, ms, memoryMb }) => {
    if (once.includes(of)) return times * runOf(of, { ms: ms * clusters + waitOf(of), memoryMb });
    const each = of === 'sync repository' ? (clusters * repositoriesEach) / repositories : clusters;
    return each * times * runOf(of, { ms: ms + waitOf(of), memoryMb });
  });
}

function lambdaOf(work: Work): number {
  return sum(work, (of, { times, ms, memoryMb }) => times * runOf(of, { ms: ms + waitOf(of), memoryMb }));
}

/** Only render is built for x86_64. */
function runOf(of: string, { ms, memoryMb }: { ms: number; memoryMb: number }): number {
  const perGbSecond = (of === 'render' ? prices.lambdaX86 : prices.lambdaArm).usd;
  return prices.lambdaRequest.usd + (Math.ceil(ms) / 1000) * (memoryMb / 1024) * perGbSecond;
}

function waitOf(of: string): number {
  return asksGitHost.includes(of) ? assumptions.gitHostMs : 0;
}

function sum({ runs }: Work, usd: (of: string, run: Work['runs'][string]) => number): number {
  return Object.entries(runs).reduce((total, [of, run]) => total + usd(of, run), 0);
}

function requestsOf({ requests }: Work, name: string): number {
  return requests[name] ?? 0;
}
