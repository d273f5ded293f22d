/** Every fault by its code. Codes are public: alarms, tests and people hang on them. */
import { actionFaults } from './catalogue/action.ts';
import { applicationFaults } from './catalogue/application.ts';
import { awsFaults } from './catalogue/aws.ts';
import { clusterFaults } from './catalogue/cluster.ts';
import { configFaults } from './catalogue/config.ts';
import { customizationFaults } from './catalogue/customization.ts';
import { demoFaults } from './catalogue/demo.ts';
import { deployFaults } from './catalogue/deploy.ts';
import { doctorFaults } from './catalogue/doctor.ts';
import { eksFaults } from './catalogue/eks.ts';
import { gitFaults } from './catalogue/git.ts';
import { localFaults } from './catalogue/local.ts';
import { noticeFaults } from './catalogue/notice.ts';
import { projectFaults } from './catalogue/project.ts';
import { pushFaults } from './catalogue/push.ts';
import { renderFaults } from './catalogue/render.ts';
import { storeFaults } from './catalogue/store.ts';
import { syncFaults } from './catalogue/sync.ts';

/**
 * `says` is the sentence, with `{facts}` filled in; `hint` is what the reader should do next;
 * `http` is the status an HTTP door answers; `retry` says whether waiting alone can cure it.
 */
export type FaultInfo = { http: number; retry: 'never' | 'later'; says: string; hint: string };

export const catalogue = {
  ...pushFaults,
  ...gitFaults,
  ...applicationFaults,
  ...customizationFaults,
  ...projectFaults,
  ...renderFaults,
  ...clusterFaults,
  ...eksFaults,
  ...awsFaults,
  ...doctorFaults,
  ...syncFaults,
  ...storeFaults,
  ...configFaults,
  ...localFaults,
  ...demoFaults,
  ...deployFaults,
  ...noticeFaults,
  ...actionFaults,
} as const satisfies Record<string, FaultInfo>;

export type FaultCode = keyof typeof catalogue;
