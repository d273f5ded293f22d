/** A program that starts AWS on this machine, says where it is, and waits to be killed. */
import { startLocalAws } from '../../../../infra/local/aws/start-local-aws.ts';

const { clientConfig, pid } = await startLocalAws();
console.log(JSON.stringify({ clientConfig, pid }));
setInterval(() => {}, 60_000);
