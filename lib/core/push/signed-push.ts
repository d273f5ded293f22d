/** A push made to look as its host would send it: what `trueup replay` and the local Git server post. */
export type SignedPush = { headers: Record<string, string>; body: string };

/** `event` as `trueup replay` takes it: `push`, `ping`, `tag_push`. */
export type PushToSign = { body: string; secret: string; event: string; delivery: string };
