/** An answer as Lambda takes it: compressed where that helps, and never larger than Lambda passes on. */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { Fault } from '../../lib/core/fault/fault.ts';
import type { Log } from '../../lib/ports/log.ts';
import { answerFault } from '../answer-fault.ts';

/** 6 MB for the whole answer in JSON, https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html; the rest is for headers. */
export const longestBytes = 5_900_000;
/** Below it compressing takes longer than sending. */
const worthwhileBytes = 10_000;

const compress = promisify(gzip);

/** Beyond the limit the platform would answer a bare 500; fault api.too_large says what to do. */
export async function toResult(
  response: Response,
  { accepts, log }: { accepts: string; log: Log },
): Promise<APIGatewayProxyStructuredResultV2> {
  const { status: statusCode } = response;
  const headers = Object.fromEntries(response.headers);
  const text = await response.text();
  if (text.length >= worthwhileBytes && /\bgzip\b/.test(accepts)) {
    const body = (await compress(text)).toString('base64');
    const packed = { ...headers, 'content-encoding': 'gzip', vary: 'accept-encoding' };
    if (body.length <= longestBytes) return { statusCode, headers: packed, body, isBase64Encoded: true };
    return refuse(body.length, log);
  }
  // The platform gets the text inside JSON, where quotes and line ends take two characters.
  const sizeBytes = Buffer.byteLength(JSON.stringify(text));
  return sizeBytes <= longestBytes ? { statusCode, headers, body: text } : refuse(sizeBytes, log);
}

function refuse(sizeBytes: number, log: Log): APIGatewayProxyStructuredResultV2 {
  const { status, body } = answerFault(new Fault('api.too_large', { sizeBytes, limit: longestBytes }), log);
  return { statusCode: status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
