/** Size and start of every deployed function beside a handler that does nothing, and what a webhook takes, cold and warm. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatTable } from '../cli/format-table.ts';
import { startLambdaRuntime } from '../infra/local/aws/lambda-runtime.ts';
import { measureStart, type Start } from './aws/measure-start.ts';
import { type PackagedFunction, packageFunctions } from './aws/package-functions.ts';
import { openWebhookSetting, type WebhookSetting } from './aws/webhook-setting.ts';
import { median, type Report } from './result.ts';

const limits = { zippedKb: 2_000, webhookInitMs: 400, webhookRssMb: 128 };
const warmPushes = 20;

type Starts = { name: string; packaged: PackagedFunction | null; starts: Start[] };
type Push = { ms: number[]; rssMb: number };

export async function functions(runs: number): Promise<Report> {
  const folder = await mkdtemp(join(tmpdir(), 'trueup-functions-'));
  try {
    const packaged = await packageFunctions(folder);
    const setting = await openWebhookSetting();
    try {
      const bare = await bareFunction(join(folder, 'bare'));
      const contenders: Starts[] = [bare, ...packaged].map((each) => ({
        name: each.name,
        packaged: each === bare ? null : each,
        starts: [],
      }));
      // One after the other and all again: whatever else the machine does meets all of them.
      for (let run = 0; run < runs; run++) {
        for (const { name, starts } of contenders) {
          const handler = name === bare.name ? 'handler.handler' : `functions/${name}/handler.handler`;
          starts.push(await measureStart({ folder: join(folder, name), handler, env: setting.env }));
        }
      }
      return told(contenders, await measurePushes(join(folder, 'webhook'), setting, runs));
    } finally {
      await setting.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function bareFunction(folder: string): Promise<PackagedFunction> {
  await mkdir(folder);
  const code = 'export const handler = async () => 1;\n';
  await writeFile(join(folder, 'handler.mjs'), code);
  return { name: 'bare', folder, zippedBytes: 0, unpackedBytes: code.length };
}

/** The first after the start reads configuration and secret; the others find all of it. */
async function measurePushes(
  folder: string,
  { env, push }: WebhookSetting,
  runs: number,
): Promise<{ cold: Push; warm: Push }> {
  const cold: Push = { ms: [], rssMb: 0 };
  const warm: Push = { ms: [], rssMb: 0 };
  for (let run = 0; run < runs; run++) {
    const handler = 'functions/webhook/handler.handler';
    const runtime = await startLambdaRuntime({ folder, handler, timeoutMs: 10_000, memoryMb: 512, env });
    try {
      for (let sent = 0; sent <= warmPushes; sent++) {
        const { body, durationMs, maxRssMb } = await runtime.invoke(push());
        if (JSON.parse(body).statusCode !== 202) throw new Error(`the webhook answers ${body}`);
        const into = sent === 0 ? cold : warm;
        into.ms.push(durationMs);
        into.rssMb = Math.max(into.rssMb, maxRssMb);
      }
    } finally {
      await runtime.stop();
    }
  }
  return { cold, warm };
}

function told(contenders: readonly Starts[], { cold, warm }: { cold: Push; warm: Push }): Report {
  const bareMs = median(contenders[0]?.starts.map(({ initMs }) => initMs) ?? []);
  const webhook = contenders.find(({ name }) => name === 'webhook')?.starts ?? [];
  const verdicts = [
    {
      says: `every function within ${limits.zippedKb} kB`,
      met: contenders.every(({ packaged }) => (packaged?.zippedBytes ?? 0) <= limits.zippedKb * 1000),
    },
    {
      // The best start is judged, as everywhere: whatever else the machine does can only add to it.
      says: `webhook starts within ${limits.webhookInitMs} ms`,
      met: Math.min(...webhook.map(({ initMs }) => initMs)) <= limits.webhookInitMs,
    },
    {
      says: `webhook holds ${limits.webhookRssMb} MB at most, pushes included`,
      met: Math.max(cold.rssMb, warm.rssMb, ...webhook.map(({ rssMb }) => rssMb)) <= limits.webhookRssMb,
    },
  ];
  const heads = ['', 'zip kB', 'unpacked kB', 'init min ms', 'median ms', 'x bare', 'MB'];
  const table = formatTable([heads, ...contenders.map((each) => rowOf(each, bareMs))]);
  const pushes = formatTable([
    ['a signed push to webhook', 'min ms', 'median ms', 'MB'],
    ['the first after the start', ...figuresOf(cold)],
    ['warm', ...figuresOf(warm)],
  ]);
  const judged = verdicts.map(({ says, met }) => `${met ? 'met' : 'MISSED'}  ${says}`).join('\n');
  return { text: `${table}\n\n${pushes}\n\n${judged}`, met: verdicts.every(({ met }) => met) };
}

function rowOf({ name, packaged, starts }: Starts, bareMs: number): string[] {
  const ms = starts.map(({ initMs }) => initMs);
  const sizes = packaged === null ? ['', ''] : [kb(packaged.zippedBytes), kb(packaged.unpackedBytes)];
  const rssMb = Math.max(...starts.map((start) => start.rssMb));
  const times = [Math.min(...ms).toFixed(0), median(ms).toFixed(0), (median(ms) / bareMs).toFixed(1)];
  return [name, ...sizes, ...times, rssMb.toFixed(0)];
}

function figuresOf({ ms, rssMb }: Push): string[] {
  return [Math.min(...ms).toFixed(0), median(ms).toFixed(0), rssMb.toFixed(0)];
}

function kb(bytes: number): string {
  return Math.ceil(bytes / 1000).toString();
}
