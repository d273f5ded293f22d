/** Log lines: a fixed, public name and facts. Never a webhook body, a token or a Secret's data. */
export interface Log {
  info(name: string, facts?: Record<string, unknown>): void;
  warn(name: string, facts?: Record<string, unknown>): void;
  /** `error` keeps its stack; anything that is not a Fault is a bug and logged as `unexpected` by the doors. */
  error(name: string, facts?: Record<string, unknown>, error?: unknown): void;
}
