/** Reads a duration as Argo CD does: Go's `1m30s`, or a bare number of seconds. */

const unitsMs = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;

/** In milliseconds; null when it is no duration. */
export function parseDuration(text: string): number | null {
  if (/^\d+$/.test(text)) return Number(text) * 1_000;
  if (!/^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$/.test(text)) return null;
  return [...text.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g)].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * (isUnit(unit) ? unitsMs[unit] : 0),
    0,
  );
}

function isUnit(unit: string | undefined): unit is keyof typeof unitsMs {
  return unit !== undefined && unit in unitsMs;
}
