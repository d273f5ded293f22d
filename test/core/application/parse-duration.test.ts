import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { parseDuration } from '../../../lib/core/application/parse-duration.ts';

for (const [text, milliseconds] of [
  ['5s', 5_000],
  ['3m', 180_000],
  ['1h2m3s', 3_723_000],
  ['1.5s', 1_500],
  ['250ms', 250],
  ['7', 7_000],
  ['', null],
  ['5', 5_000],
  ['5 s', null],
  ['-5s', null],
  ['five', null],
] as const) {
  test(`parse-duration reads "${text}" as ${milliseconds} ms`, () => equal(parseDuration(text), milliseconds));
}
