/** Story: a worker that thaws after another one took over changes nothing on a real API server, whichever write it was stopped at. */
import { type TestContext, test } from 'node:test';
import { stopAtEach } from '../flow/stopped-worker.ts';
import { sharedControlPlane } from '../support/control-plane.ts';
import { houseAtCluster } from '../support/house-at-cluster.ts';

const plane = sharedControlPlane();

test('two-workers: nothing of the first arrives after the second took over', (t: TestContext) =>
  stopAtEach(async () => {
    const { house, values } = await houseAtCluster(t, plane);
    return { house, values };
  }));
