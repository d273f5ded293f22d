/** docs/cost.md, from what was measured and the list prices. A test fails when it is stale. */
import type { Measured } from '../aws/measure-deployed.ts';
import type { Work } from '../aws/work.ts';
import { assumptions, type Bill, type Installation, monthlyCost, networks, totalOf } from './monthly-cost.ts';
import { argoCd, argoCdHa, type Footprint, flux, footprint } from './peers.ts';
import { asOf, prices, region } from './prices.ts';

export type Kept = Omit<Measured, 'story'>;

const sizes = [1, 10, 50];
const usual = { repositoriesEach: 3, pushesADayEach: 20, healsADayEach: 2 };
const manyRepositories = 20;

export function costPage(measured: Kept): string {
  const { applications } = measured;
  const bill = (clusters: number, other: Partial<Installation> = {}) =>
    monthlyCost(measured, { clusters, network: 'none', ...usual, ...other });
  const perMonth = `${assumptions.hours} h`;
  return `# What it costs

*Made by \`npm run bench -- cost keep\` from \`bench/cost/measured.json\`, which \`npm run bench -- aws 10 keep\` measures on a
deployed stack, and the prices below. Do not edit it by hand.*

US dollars a month (${perMonth}) in ${region}, list prices of ${asOf}, no free tier and no discount. Each cluster has ${applications} Applications in
${usual.repositoriesEach} repositories, is swept every minute, gets ${usual.pushesADayEach} pushes and ${usual.healsADayEach} hand edits a day. Logs, metrics, alarms and secrets are in it. The clusters
themselves cost the same with every tool and are in none of the columns.

## Beside Argo CD and Flux
${table(
  ['clusters', 'Trueup', 'with a NAT gateway', 'two NAT gateways', 'interface endpoints', 'Argo CD', 'Flux'],
  sizes.map((clusters) => [
    `${clusters}`,
    ...Object.keys(networks)
      .filter(isNetwork)
      .map((network) => usd(totalOf(bill(clusters, { network })))),
    range(argoCdFor(clusters)),
    range(footprint(flux, clusters)),
  ]),
)}

* **Trueup** without a VPC reaches public API endpoints of EKS. Where those are private, \`sync\` runs in a VPC: a **NAT gateway** (in one or
  two zones) leads to Git hosts on the internet; **interface endpoints** (SQS, Lambda, Secrets Manager, STS and EKS in two zones) do
  where Git is inside too. S3 and DynamoDB are reached through gateway endpoints, which are free. Many VPCs have their way out already; then the
  first column counts.
* **Argo CD** is one installation for all clusters: the usual seven pods for one cluster, the fourteen of its high availability manifest for more.
  **Flux** is four pods in every cluster. From: their share of nodes that are there anyway (m6i.large). To: the same pods on Fargate.
* These pods are priced by what they *ask* for, not by what they come to use: Argo CD's own manifests ask for nothing, so the requests are those that
  OpenShift GitOps documents (\`bench/cost/peers.ts\`); Flux asks for 0.35 vCPU and 0.25 GiB a cluster and may take 4 GiB. Measured on 1,000
  objects, Argo CD's engine came to 3.7 GB and Flux's kustomize-controller to 129 MB. Neither column has their logs, metrics or notifications'
  traffic in it.
* On one cluster that has room to spare, Flux's four small pods cost less than anything that is charged by the request.

## What it is made of
${table(
  ['', ...sizes.map((clusters) => `${clusters} ${clusters === 1 ? 'cluster' : 'clusters'}`)],
  [
    ...billRows(sizes.map((clusters) => bill(clusters))),
    ['**together**', ...sizes.map((clusters) => usd(totalOf(bill(clusters))))],
    [
      `with ${manyRepositories} repositories a cluster`,
      ...sizes.map((clusters) => usd(totalOf(bill(clusters, { repositoriesEach: manyRepositories })))),
    ],
    [
      'without pushes and hand edits',
      ...sizes.map((clusters) => usd(totalOf(bill(clusters, { pushesADayEach: 0, healsADayEach: 0 })))),
    ],
  ],
)}

A repository of one's own for every Application is a look at every one of them each minute, for webhooks that were lost. No metric has
an Application among its dimensions, so the number of metrics (${measured.metrics.idle} when nothing happens, ${measured.metrics.busy} with pushes) does not grow. Tracing is off
unless it is asked for.

## What was measured
A stack deployed to a local AWS with one cluster and ${applications} Applications; every request of the functions passes a proxy that counts it, and how long each
run took is from the report in its log. The best run counts: whatever else the machine does can only add to it. DynamoDB's units are
worked out from the requests and answers themselves.

${[
  section('A minute in which nothing happens', measured.minute),
  section('A push to one Application', measured.push),
  section('A hand edit of one object, undone', measured.heal),
].join('\n\n')}

## What is assumed
* Each run that asks a Git host waits ${assumptions.gitHostMs} ms longer than for the one beside it that was measured.
* Requests, units and log lines grow with the number of clusters, those of the clock too, and the clock's runs become as many times longer: more than they do.
* A further repository takes ${assumptions.repository.readUnits} units read, ${assumptions.repository.writeUnits} written and a message a minute, and the run that handles it.
* SQS also charges for receiving and deleting each message, and for ${assumptions.emptyPollsAMinute} empty polls a minute by Lambda.
* ${assumptions.secrets} secrets, ${assumptions.alarms} alarms, ${assumptions.storedGb} GB in the table and in the bucket, logs kept for ${assumptions.logRetentionMonths} months, compressed to ${assumptions.compression * 100} %. Three dashboards of an account are free.
* ${assumptions.natMbAMinute} MB a minute and cluster pass a NAT gateway.
* Starts of functions are left out: the minute's work keeps them warm.

## Prices
${table(
  ['what', 'US dollars', 'page'],
  Object.values(prices).map(({ usd: price, per, page }) => [per, plain(price), page]),
)}
`;
}

function isNetwork(name: string): name is keyof typeof networks {
  return Object.hasOwn(networks, name);
}

function argoCdFor(clusters: number): Footprint {
  return footprint(clusters === 1 ? argoCd : argoCdHa, 1);
}

function billRows(bills: readonly Bill[]): string[][] {
  const parts = Object.keys(bills[0] ?? {}).filter((part): part is keyof Bill => bills.some((bill) => part in bill));
  return parts.flatMap((part) => {
    const amounts = bills.map((bill) => bill[part]);
    return amounts.every((amount) => amount === 0) ? [] : [[part, ...amounts.map(usd)]];
  });
}

function section(title: string, { runs, requests, readUnits, writeUnits, logBytes }: Work): string {
  const rows = Object.entries(runs).map(([of, { times, ms, memoryMb }]) => [of, `${times}`, `${ms}`, `${memoryMb}`]);
  const asked = Object.entries(requests).map(([name, times]) => `${name} ${times}`);
  return `### ${title}
${table(['run', 'times', 'ms', 'MB'], rows)}

Requests: ${asked.join(', ')}. DynamoDB: ${readUnits} units read, ${writeUnits} written. Logs: ${(logBytes / 1000).toFixed(1)} kB.`;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map((_, at) => (at === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}

function range({ onNodesUsd, onFargateUsd }: Footprint): string {
  return `${usd(onNodesUsd)} – ${usd(onFargateUsd)}`;
}

function usd(amount: number): string {
  return amount < 10 ? amount.toFixed(2) : Math.round(amount).toLocaleString('en-US');
}

function plain(price: number): string {
  return price.toLocaleString('en-US', { maximumFractionDigits: 10 });
}
