/** The first push: nginx with three replicas, and a small Node.js app beside it. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exampleFolder } from '../example-folder.ts';
import { writeApplication } from '../installation-files.ts';
import type { Playground } from '../playground.ts';
import { pushAndFollow, secondsSince } from '../push-and-follow.ts';
import { seeHealthy, seePods } from '../see-pods.ts';

export const title = 'A push deploys nginx with 3 replicas, and a small Node.js app from a ConfigMap beside it';

export async function play(playground: Playground): Promise<void> {
  const { tell, workCopy } = playground;
  const message = 'Deploy nginx and hello';
  const files = await readManifests();
  const push = async () => {
    const revision = await workCopy.push(message, files);
    await writeApplication(playground);
    return revision;
  };
  const { pushedMs } = await pushAndFollow(
    {
      message,
      note: `(${Object.keys(files).length} files; fleet/nginx.yaml says where to)`,
      push,
      result: 'succeeded',
    },
    playground,
  );
  await seePods(3, playground);
  await seeHealthy(playground);
  tell.seen(`3 of 3 nginx pods run; Healthy ${secondsSince(pushedMs)} after the push`);
}

async function readManifests(): Promise<Record<string, string>> {
  const folder = join(exampleFolder(), 'deploy');
  const names = await readdir(folder);
  const entries = names.map(async (name) => [`deploy/${name}`, await readFile(join(folder, name), 'utf8')] as const);
  return Object.fromEntries(await Promise.all(entries));
}
