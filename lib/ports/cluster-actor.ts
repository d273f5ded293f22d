/** Lets one cluster judge by its own rules what somebody may do there. */
import type { ServiceAccount } from '../core/project/service-account.ts';
import type { ClusterPatcher } from './cluster-patcher.ts';
import type { ClusterRemover } from './cluster-remover.ts';
import type { ClusterWriter } from './cluster-writer.ts';

export interface ClusterActor {
  /**
   * Writes, removes and rehearses as this account. Faults besides theirs: cluster.account_forbidden (it may not do that),
   * cluster.may_not_impersonate (we may not act as it).
   */
  as(account: ServiceAccount): ClusterWriter & ClusterRemover & ClusterPatcher;
}
