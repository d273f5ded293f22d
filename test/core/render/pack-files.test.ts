import { deepEqual, throws } from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { packFiles, unpackFiles } from '../../../lib/core/render/pack-files.ts';
import { staysInside } from '../../../lib/core/render/repository-path.ts';
import type { SourceFile } from '../../../lib/core/render/source-files.ts';
import { sourceFiles } from '../../support/source-files.ts';

const name = fc.string({ unit: 'binary', minLength: 1 }).filter((text) => staysInside(text) && !/^\.$|\//.test(text));
const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'));
const file = fc.oneof(
  fc.record({ kind: fc.constant('file' as const), bytes: fc.uint8Array(), executable: fc.boolean() }),
  fc.record({ kind: fc.constant('symlink' as const), target: fc.string() }),
);

test('pack-files gives back what it was given, whatever the files are', () => {
  const files = fc.uniqueArray(fc.tuple(path, file), { selector: ([key]) => key }).map((entries) => new Map(entries));
  fc.assert(
    fc.property(files, fc.jsonValue(), (files, about) => {
      const unpacked = unpackFiles(packFiles({ about, files }));
      deepEqual(plain(unpacked.files), plain(files));
      deepEqual(JSON.stringify(unpacked.about), JSON.stringify(about));
    }),
  );
});

test('pack-files never gives files for bytes that were cut or lengthened', () => {
  const whole = packFiles({ about: {}, files: sourceFiles({ 'a/b': 'one', c: 'two' }) });
  for (let length = 0; length < whole.length; length += 1)
    throws(() => unpackFiles(whole.slice(0, length)), unreadable);
  throws(() => unpackFiles(Uint8Array.of(...whole, 0)), unreadable);
});

describe('pack-files refuses', () => {
  for (const path of ['../a', '/etc/passwd', 'a/../../b', 'a//b', 'a/', './a', '.', '', 'a\0b']) {
    test(`the path ${JSON.stringify(path)}`, () => {
      throws(() => unpackFiles(packFiles({ about: {}, files: sourceFiles({ [path]: 'x' }) })), unreadable);
    });
  }

  const entry = { path: 'a', sizeBytes: 1, executable: false };
  for (const { it, header, body = 'x' } of [
    { it: 'a path that stands twice', header: { about: {}, files: [entry, entry] }, body: 'xx' },
    { it: 'a size that is negative', header: { about: {}, files: [{ ...entry, sizeBytes: -1 }] } },
    { it: 'a size beyond the end', header: { about: {}, files: [{ ...entry, sizeBytes: 2 ** 40 }] } },
    { it: 'a field it does not know', header: { about: {}, files: [{ ...entry, mode: 4755 }] } },
    { it: 'a header that is no mapping', header: [] },
    { it: 'a header that is not JSON', header: '{' },
  ]) {
    test(it, () => throws(() => unpackFiles(container(header, body)), unreadable));
  }
});

const unreadable = { code: 'render.remote_failed', message: /not one of this version/ };

function container(header: unknown, body: string): Uint8Array {
  const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  return Buffer.concat([length, text, Buffer.from(body)]);
}

/** Equal bytes are equal, whatever memory they share. */
function plain(files: ReadonlyMap<string, SourceFile>): unknown[] {
  return [...files].map(([path, file]) => [path, { ...file, ...('bytes' in file && { bytes: [...file.bytes] }) }]);
}
