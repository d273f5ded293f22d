/** Stops what the project of an Application does not permit, before anything is changed. */
import type { Application } from '../core/application/application.ts';
import { collectFaults } from '../core/fault/collect-faults.ts';
import { judgeApplication } from '../core/project/judge-application.ts';
import { type Judged, judgeObjects } from '../core/project/judge-objects.ts';
import type { Permission } from '../core/project/permission.ts';

/** Faults project.*: every object that is not permitted at once, in `facts.problems`. */
export function refuseUnpermitted(application: Application, objects: readonly Judged[], permission: Permission): void {
  const fault = judgeApplication(application, permission);
  if (fault !== null) throw fault;
  const faults = judgeObjects(objects, permission);
  if (faults.length > 0) throw collectFaults(faults);
}
