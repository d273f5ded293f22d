import { deepEqual, equal, rejects } from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { openSecrets } from '../../../lib/adapters/secrets/secrets.ts';
import type { Secrets } from '../../../lib/ports/secrets.ts';
import { tempFolder } from '../../support/temp-folder.ts';

test('secrets reads the environment', async (t) => {
  equal(await open(tempFolder(t), { TOKEN: 'abc ' }).read({ env: 'TOKEN' }), 'abc ');
});

for (const [it, content, gives] of [
  ['drops the newline an editor leaves', 'abc\n', 'abc'],
  ['drops one of Windows too', 'abc\r\n', 'abc'],
  ['keeps newlines within, as in a key', '-----BEGIN\nx\n-----END\n', '-----BEGIN\nx\n-----END'],
  ['keeps other white space', ' a b \n', ' a b '],
] as const) {
  test(`secrets of a file ${it}`, async (t) => {
    const folder = tempFolder(t);
    await writeFile(join(folder, 'secret'), content);
    equal(await open(folder).read({ file: './secret' }), gives);
  });
}

for (const [it, reference, code] of [
  ['a variable that is not set', { env: 'NOT_SET' }, 'config.secret_missing'],
  ['a variable that is empty', { env: 'EMPTY' }, 'config.secret_missing'],
  ['a file that is not there', { file: 'nowhere' }, 'config.secret_missing'],
  ['a parameter of AWS', { ssm: '/a' }, 'config.secret_unsupported'],
  ['a secret of AWS', { secretsManager: 'a' }, 'config.secret_unsupported'],
] as const) {
  test(`secrets names ${it}`, async (t) => {
    await rejects(open(tempFolder(t), { EMPTY: '' }).read(reference), { name: 'Fault', code });
  });
}

for (const reference of [{ ssm: '/a' }, { secretsManager: 'a' }]) {
  test(`secrets has ${JSON.stringify(reference)} read by AWS where there is one, afresh when asked`, async (t) => {
    const asked: unknown[] = [];
    const aws: Secrets = {
      async read(...asking) {
        asked.push(asking);
        return 'abc';
      },
    };
    const secrets = openSecrets({ env: {}, folder: tempFolder(t), path: 'trueup.yaml', aws });
    equal(await secrets.read(reference, { fresh: true }), 'abc');
    deepEqual(asked, [[reference, { fresh: true }]]);
  });
}

function open(folder: string, env: Record<string, string> = {}) {
  return openSecrets({ env, folder, path: 'trueup.yaml' });
}
