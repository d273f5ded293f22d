/** The demo's lines: when, who did it, what; colours and breaks only where somebody can see them. */
import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { createNarrator, type Narrator, type NarratorOptions } from '../../../cli/demo/narrator.ts';

const noon = new Date(2026, 0, 31, 12, 3, 1);

function told(tell: (narrator: Narrator) => void, options: Partial<NarratorOptions> = {}): string {
  let text = '';
  const write = (part: string) => {
    text += part;
  };
  tell(createNarrator({ write, now: () => noon, paint: (_, plain) => plain, width: null, ...options }));
  return text;
}

for (const { it, tell, gives } of [
  { it: 'numbers the scenes', tell: (n: Narrator) => n.heading(3, 'By hand'), gives: '\n3  By hand\n' },
  {
    it: 'marks what a person did',
    tell: (n: Narrator) => n.asked('kubectl scale', '(by hand)'),
    gives: '   12:03:01  $ kubectl scale   (by hand)\n',
  },
  {
    it: 'gives what Trueup did the time of the record, on the clock of the reader',
    tell: (n: Narrator) => n.did('reverted', new Date(2026, 0, 31, 9, 8, 7).toISOString()),
    gives: '   09:08:07  → reverted\n',
  },
  {
    it: 'puts details below the line they belong to',
    tell: (n: Narrator) => n.detail('why: a\nhint: b'),
    gives: `${' '.repeat(15)}why: a\n${' '.repeat(15)}hint: b\n`,
  },
  { it: 'marks what can be seen', tell: (n: Narrator) => n.seen('5 of 5'), gives: '   12:03:01  ✓ 5 of 5\n' },
  {
    it: 'shows a message with all that follows on one line',
    tell: (n: Narrator) => n.quoted('nginx is at 1', ['1 updated', 'Ann']),
    gives: '   nginx is at 1\n      1 updated · Ann\n',
  },
  { it: 'shows a message of one line', tell: (n: Narrator) => n.quoted('reverted', []), gives: '   reverted\n' },
]) {
  test(`narrator: ${it}`, () => equal(told(tell), gives));
}

test('narrator: breaks lines at words where there is a terminal', () => {
  equal(
    told((n) => n.did('one two three four five'), { width: 35 }),
    `   12:03:01  → one two three four\n${' '.repeat(15)}five\n`,
  );
});

test('narrator: leaves a word alone that fits nowhere', () => {
  const url = 'x'.repeat(60);
  equal(
    told((n) => n.did(`see ${url}`), { width: 40 }),
    `   12:03:01  → see\n${' '.repeat(15)}${url}\n`,
  );
});

test('narrator: paints the time, the signs and the notes', () => {
  const paint: NarratorOptions['paint'] = (style, text) => `<${style}>${text}</>`;
  equal(
    told((n) => n.asked('git push', '(1 line)'), { paint }),
    '   <dim>12:03:01</>  <cyan>$</> git push   <dim>(1 line)</>\n',
  );
});
