/** How to reach an API server, and how to convince it of who we are. Asked before every request: cheap when nothing changed. */
export type TlsOptions = {
  ca?: Buffer | string;
  cert?: Buffer | string;
  key?: Buffer | string;
  servername?: string;
  rejectUnauthorized?: boolean;
};

export type Access = {
  /** `https://127.0.0.1:6443` */
  origin: string;
  /** What stands before `/api` where the API server sits behind a gateway (Rancher, Teleport); else empty. */
  prefix: string;
  tls: TlsOptions;
  headers: Record<string, string | string[]>;
  proxy?: string;
  /** What to do, beyond the usual, where the API server refuses us or does not answer. */
  advice?: { unauthorized?: string; unreachable?: string };
};

/** Faults of `current`: cluster.kubeconfig_invalid, cluster.unauthorized, eks.*. */
export interface AccessSource {
  current(): Promise<Access>;
  /** The API server refused this access: the next `current()` asks its origin again. */
  renew(refused: Access): void;
}
