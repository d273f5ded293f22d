/** What a token of EKS says: the URL it stands for. */
export function decodeToken(token: string): URL {
  return new URL(Buffer.from(token.replace(/^k8s-aws-v1\./, ''), 'base64url').toString('utf8'));
}
