/** Fields of Argo CD's AppProject that this version does not act on. Those that restrict more than Trueup would are refused. */

/** `because` tells what to do instead; `path` is relative to `spec`. */
export type Unacted = { path: readonly string[]; because: string };

/** Passed over, something would be deployed that the document forbids. */
const refused: readonly Unacted[] = [
  { path: ['signatureKeys'], because: 'no field: signatures of commits are not checked by this version' },
  { path: ['sourceIntegrity'], because: 'no field: signatures of commits are not checked by this version' },
];

const passedOver: readonly Unacted[] = [
  { path: ['roles'], because: 'access[] of trueup.yaml says who may do what' },
  { path: ['sourceNamespaces'], because: 'Applications lie in the fleet, in no namespace' },
];

/** Of what a spec sets. Empty and null ask for nothing. */
export function findUnacted(spec: unknown): { refused: Unacted[]; passedOver: Unacted[] } {
  const given = typeof spec === 'object' && spec !== null ? Object.entries(spec) : [];
  const isSet = ({ path: [field] }: Unacted) =>
    given.some(([key, value]) => key === field && typeof value === 'object' && Object.keys(value ?? {}).length > 0);
  return { refused: refused.filter(isSet), passedOver: passedOver.filter(isSet) };
}
