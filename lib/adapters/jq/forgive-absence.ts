/**
 * jq fails where a list is not there, and with it the rest of the expression: `.spec.containers[].env[]` means nothing at all
 * where one container has no `env`. Written with `[]?` it means what is there. Texts stay as they are; `[]` as an empty list
 * is the same as `[]?`.
 */
export function forgiveAbsence(expression: string): string {
  return expression.replaceAll(/"(?:[^"\\]|\\.)*"|\[\s*\](?!\s*\?)/g, (found) =>
    found.startsWith('"') ? found : '[]?',
  );
}
