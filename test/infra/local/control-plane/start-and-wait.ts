/** A program that starts a control plane over the folder it is given, says its pids, and waits to be killed. */
import { startControlPlane } from '../../../../infra/local/control-plane/start-control-plane.ts';

const [folder = '', andThen] = process.argv.slice(2);
const controlPlane = await startControlPlane({ folder, pods: 'simulated' });
if (andThen === 'leave-running') controlPlane.leaveRunning();
console.log(JSON.stringify(controlPlane.pids));
if (andThen === undefined) setInterval(() => {}, 60_000);
