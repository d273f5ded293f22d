import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { readCommit } from '../../../lib/adapters/git/read-commit.ts';

const tree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
const head = `tree ${tree}\nauthor Ann <ann@example.com> 1700000000 +0100\ncommitter Bob <bob@example.com> 1700003600 -0500`;
const read = { tree, author: 'Ann', email: 'ann@example.com', at: '2023-11-14T23:13:20.000Z' };

for (const { it, bytes, gives } of [
  { it: 'a commit', bytes: Buffer.from(`${head}\n\nScale\n\nto 5\n`), gives: { ...read, message: 'Scale\n\nto 5' } },
  {
    it: 'a signed one',
    bytes: Buffer.from(`${head}\ngpgsig -----BEGIN\n author X <x> 1 +0\n -----END\n\nScale\n`),
    gives: { ...read, message: 'Scale' },
  },
  {
    it: 'one in Latin-1',
    bytes: Buffer.from(`${head}\nencoding ISO-8859-1\n\nGröße\n`, 'latin1'),
    gives: { ...read, message: 'Größe' },
  },
  {
    it: 'one in an encoding nobody knows',
    bytes: Buffer.from(`${head}\nencoding klingon\n\nGröße\n`),
    gives: { ...read, message: 'Größe' },
  },
  { it: 'one without a message', bytes: Buffer.from(`${head}\n`), gives: { ...read, message: '' } },
  {
    it: 'one without names and dates',
    bytes: Buffer.from(`tree ${tree}\nauthor  <> 0 +0000\ncommitter\n\nx`),
    gives: { tree, author: '', email: '', at: '1970-01-01T00:00:00.000Z', message: 'x' },
  },
]) {
  test(`read-commit reads ${it}`, () => deepEqual(readCommit(bytes), gives));
}
