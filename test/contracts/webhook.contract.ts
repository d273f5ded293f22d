/** What every Webhook keeps: the signature comes first, a known push is read, and no body can do harm. */
import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import fc from 'fast-check';
import { Fault } from '../../lib/core/fault/fault.ts';
import type { Delivery } from '../../lib/core/push/push.ts';
import type { PushToSign, SignedPush } from '../../lib/core/push/signed-push.ts';
import type { Webhook } from '../../lib/ports/webhook.ts';

export type WebhookCase = { it: string; payload: string; event: string; gives: Delivery };

export type WebhookUnderTest = {
  name: string;
  webhook: Webhook;
  sign(push: PushToSign): SignedPush;
  /** The header that carries the proof. */
  proof: string;
  /** Which part of `test/payloads` holds its bodies. */
  payloads: string;
  /** A push event whose body is `push.json`. */
  push: string;
  cases: WebhookCase[];
};

const secret = 'a secret of the tests, grüße';

export function webhookContract({ name, webhook, sign, proof, payloads, push, cases }: WebhookUnderTest): void {
  const payload = (file: string) => readFile(new URL(`../payloads/${payloads}/${file}`, import.meta.url), 'utf8');
  const signed = (body: string, event = push) => sign({ body, secret, event, delivery: 'delivery-1' });
  const refuses = (request: SignedPush, code: string) =>
    rejects(webhook.read(request, secret), (error) => {
      equal(error instanceof Fault ? error.code : error, code);
      ok(error instanceof Fault && !error.message.includes(secret));
      return true;
    });

  for (const { it, payload: file, event, gives } of cases) {
    test(`${name} webhook ${it}`, async () => {
      deepEqual(await webhook.read(signed(await payload(file), event), secret), gives);
    });
  }

  test(`${name} webhook refuses an unsigned delivery before reading it`, async () => {
    const { headers, body } = signed('not even JSON');
    await refuses({ headers: { ...headers, [proof]: '' }, body }, 'push.unsigned');
    const { [proof]: _, ...unsigned } = headers;
    await refuses({ headers: unsigned, body }, 'push.unsigned');
  });

  test(`${name} webhook refuses another secret before reading the body`, async () => {
    await refuses(sign({ body: 'not even JSON', secret: 'another', event: push, delivery: '1' }), 'push.bad_signature');
  });

  test(`${name} webhook refuses proofs that are nearly right`, async () => {
    const { headers, body } = signed(await payload('push.json'));
    const right = headers[proof] ?? '';
    for (const wrong of [right.slice(0, -1), `${right}0`, right.toUpperCase(), ` ${right}`, 'sha256=', 'é']) {
      await refuses({ headers: { ...headers, [proof]: wrong }, body }, 'push.bad_signature');
    }
  });

  test(`${name} webhook accepts nothing where no secret is set`, async () => {
    const delivery = sign({ body: await payload('push.json'), secret: '', event: push, delivery: '1' });
    await rejects(
      webhook.read(delivery, ''),
      (error) => error instanceof Fault && /^push\.(unsigned|bad_signature)$/.test(error.code),
    );
  });

  for (const body of [
    'null',
    '[]',
    '{}',
    '""',
    '0',
    '{',
    'payload=%7B%7D',
    '[{}]',
    '{"ref":null}',
    `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
  ]) {
    test(`${name} webhook refuses the body ${body.slice(0, 20)} with a coded fault`, () =>
      refuses(signed(body), 'push.bad_payload'));
  }

  test(`${name} webhook reads or refuses a push whose fields were broken, and never crashes`, async () => {
    const good: unknown = JSON.parse(await payload('push.json'));
    const broken = fc.oneof(fc.jsonValue(), fc.constantFrom(null, [], {}, '', '0'.repeat(40), undefined));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...pathsOf(good)), broken, async (path, value) => {
        try {
          const delivery = await webhook.read(signed(JSON.stringify(replaced(good, path, value))), secret);
          for (const read of delivery.kind === 'push' ? delivery.pushes : []) ok(read.ref.startsWith('refs/'));
        } catch (error) {
          equal(error instanceof Fault ? error.code : error, 'push.bad_payload');
        }
      }),
      { numRuns: 300 },
    );
  });
}

function pathsOf(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, child]) => pathsOf(child, [...path, key]))];
}

function replaced(value: unknown, path: readonly string[], by: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return by ?? null;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, child]) => [
    name,
    name === key ? replaced(child, rest, by) : child,
  ]);
  return Array.isArray(value) ? entries.map(([, child]) => child) : Object.fromEntries(entries);
}
